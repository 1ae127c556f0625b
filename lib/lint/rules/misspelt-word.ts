import type { FieldPath } from '../../model/field-path';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { PodPeer } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import { about, type LintContext } from '../context';
import { deployment, networkPolicy } from '../example-manifests';
import { meansInVain, missingNamespace, selectsInVain } from '../in-vain';
import { type MisspeltWord, misspeltLabels, misspeltNamespaces } from '../misspelt-words';
import type { Observation, Rule } from '../rule';

const example = (name: string) =>
  `---
apiVersion: v1
kind: Namespace
metadata: { name: monitoring }
` +
  deployment('web') +
  networkPolicy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: name } } }] }],
  });

export const misspeltWord: Rule = {
  id: 'misspelt-word',
  severity: 'warning',
  summary:
    'a selector has a word that nothing here carries, and that is one slip away from one that is carried',
  why:
    'A selector that matches nothing known is often right, because its pods are kept elsewhere. One letter beside a ' +
    'known word it is more likely misspelt: then it allows nobody, or keeps nobody out.',
  fix: 'write the word that is known; where the other exists elsewhere, add its manifest or acknowledge the finding',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'A slip is one letter put in, left out or swapped with the next in a part of four letters or more, or changed in one ' +
    'of six or more, behind the first letter; another case; or another dash. So two slips in one word are missed, and so ' +
    'are short words such as prd for prod. Words that differ in a number or a short part are siblings, not slips: web-1 and ' +
    'web-2, dev and dev2, team-a and team-b. A word that a pod, a namespace or a service’s selector has is right. ' +
    'Misspelt keys. What selects-no-workload, peer-matches-nothing or namespace-label-missing tells of a selector is ' +
    'not told again.',
  bad: { manifests: example('monitorng') },
  good: { manifests: example('monitoring') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      const { subject } = policy.rules;
      const words = misspeltLabels(context, subject);
      if (words.length > 0 && selectsInVain(context, policy) === undefined) {
        yield* words.map((word) => ({ ...about(policy), ...tell('pod', word, subject.at) }));
      }
      for (const rule of context.rulesInForce(policy)) {
        for (const [i, peer] of (rule.peers ?? []).entries()) {
          if (peer.kind === 'pods') {
            const isTold = () => meansInVain(context, policy, rule, i, peer) !== undefined;
            const found = [...inNamespaces(context, peer), ...inPods(context, peer, isTold)];
            yield* found.map((each) => ({ ...about(policy), ...each }));
          }
        }
      }
    }
  },
};

type Told = Pick<Observation, 'field' | 'message' | 'fix'>;

function inNamespaces(context: LintContext, { namespaces, namespacesAt, at }: PodPeer): readonly Told[] {
  const words = typeof namespaces === 'string' ? [] : misspeltNamespaces(context, namespaces);
  return typeof namespaces === 'string' ||
    words.length === 0 ||
    missingNamespace(context, namespaces) !== undefined
    ? []
    : words.map((word) => tell('namespace', word, namespacesAt ?? at));
}

function inPods(context: LintContext, peer: PodPeer, isTold: () => boolean): readonly Told[] {
  const words = misspeltLabels(context, peer);
  return words.length === 0 || isTold() ? [] : words.map((word) => tell('pod', word, peer.podsAt ?? peer.at));
}

function tell(
  noun: 'pod' | 'namespace',
  { key, written, known, carriers, excludes }: MisspeltWord,
  field: FieldPath,
): Told {
  const isName = noun === 'namespace' && key === NAMESPACE_NAME_LABEL;
  const nobody = isName ? `no namespace ${written} is known here` : `no ${noun} here has ${key}=${written}`;
  const meant = isName
    ? known
    : `${key}=${known} (${listWords(carriers)} ${carriers.length === 1 ? 'carries' : 'carry'} it)`;
  return {
    field,
    message: `${nobody}${excludes ? ', so this keeps nobody out' : ''}; did you mean ${meant}?`,
    fix: `write ${known}; where ${written} exists elsewhere, add its manifest or acknowledge the finding`,
  };
}
