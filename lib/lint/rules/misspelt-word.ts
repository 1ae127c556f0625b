import type { PolicyEntry } from '../../model/cluster';
import type { FieldPath } from '../../model/field-path';
import type { LabelSelector } from '../../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { PodPeer } from '../../model/policy-rules';
import { about, type LintContext } from '../context';
import { withMore, write } from '../fix';
import { meansInVain, missingNamespace, selectsInVain } from '../in-vain';
import { eachPolicy, type LintRule, type Observation } from '../lint-rule';
import { type MisspeltWord, misspeltLabels, misspeltNamespaces } from '../misspelt-words';
import { carriedBy } from '../words';

const OR = 'add its manifest or acknowledge the finding';

export const misspeltWord: LintRule = {
  id: 'misspelt-word',
  severity: 'warning',
  summary:
    'a selector has a word that nothing here carries, and that is one slip away from one that is carried',
  fix: `write the word that is known; where the other exists elsewhere, ${OR}`,
  check: eachPolicy(function* (policy, context) {
    const { subject } = policy.rules;
    const words = misspeltLabels(context, subject);
    if (words.length > 0 && selectsInVain(context, policy) === undefined) {
      yield* words.map((word) => tell(policy, 'pod', word, subject.at));
    }
    for (const rule of context.rulesInForce(policy)) {
      for (const [i, peer] of (rule.peers ?? []).entries()) {
        if (peer.kind === 'pods') {
          yield* inNamespaces(context, policy, peer);
          const found = inPods(context, policy, peer);
          if (found.length > 0 && meansInVain(context, policy, rule, i, peer) === undefined) {
            yield* found;
          }
        }
      }
    }
  }),
};

function inNamespaces(context: LintContext, policy: PolicyEntry, peer: PodPeer): readonly Observation[] {
  const { namespaces, namespacesAt, at } = peer;
  const words = typeof namespaces === 'string' ? [] : misspeltNamespaces(context, namespaces);
  return words.length === 0 || missingNamespace(context, namespaces as LabelSelector) !== undefined
    ? []
    : words.map((word) => tell(policy, 'namespace', word, namespacesAt ?? at));
}

function inPods(context: LintContext, policy: PolicyEntry, peer: PodPeer): readonly Observation[] {
  return misspeltLabels(context, peer).map((word) => tell(policy, 'pod', word, peer.podsAt ?? peer.at));
}

function tell(
  policy: PolicyEntry,
  noun: 'pod' | 'namespace',
  { key, written, known, carriers, excludes, right }: MisspeltWord,
  field: FieldPath,
): Observation {
  const isName = noun === 'namespace' && key === NAMESPACE_NAME_LABEL;
  const nobody = isName ? `no namespace ${written} is known here` : `no ${noun} here has ${key}=${written}`;
  const meant = isName ? known : carriedBy(key, known, carriers);
  return {
    ...about(policy),
    field,
    message: `${nobody}${excludes ? ', so this keeps nobody out' : ''}; did you mean ${meant}?`,
    fix: withMore(write(policy, field, right), `; where ${written} exists elsewhere, ${OR}`),
  };
}
