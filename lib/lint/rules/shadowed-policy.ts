import type { PolicyEntry } from '../../model/cluster';
import { sectionOf, typesOf } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import { about, type LintContext } from '../context';
import { opensAll } from '../default-deny';
import { isNpm } from '../engine-words';
import { deletion, type Fix, inWords, together, write } from '../fix';
import type { LintRule } from '../lint-rule';
import { redundanciesOf } from '../redundancies';

const example = (app: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: same-namespace, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [${app}] }]
`;

const FIX = 'delete the policy, or narrow the one that says the same';

export const shadowedPolicy: LintRule = {
  id: 'shadowed-policy',
  severity: 'info',
  summary: 'a policy allows and isolates nothing that others do not',
  why:
    'Deleting it changes no connection. As long as it is there, it looks as if it decided something, and narrowing ' +
    'it narrows nothing.',
  fix: FIX,
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    {
      from: 'Azure NPM v1.8.12, run: an update opens pods that no separate default deny holds',
      read: '2026-11-22',
    },
  ],
  misses:
    'A policy without rules: a default deny of its own is good practice, beside whatever else isolates the pods. ' +
    'Policies with other selectors, even where these select the same pods today. Ports that only several rules ' +
    'together allow. A policy that only the given workloads make redundant, when others may stand elsewhere. Policies that the cluster’s engine does not take as they are written.',
  bad: { manifests: example('{ podSelector: { matchLabels: { app: web } } }') },
  good: {
    manifests: example('{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }'),
  },
  *check(context) {
    for (const { policy, by, always } of redundanciesOf(context).policies) {
      const names = listWords(by.map(({ name }) => name));
      yield {
        ...about(policy),
        fix: gone(policy, by, context),
        message: `${names} ${by.length === 1 ? 'allows and isolates' : 'together allow and isolate'} all that this policy does${always ? '' : ' today'}`,
      };
    }
  },
};

/** On azure two policies keep the pods shut while one of them is updated. */
function gone(policy: PolicyEntry, by: readonly PolicyEntry[], context: LintContext): Fix {
  const types = typesOf(policy.rules);
  return isNpm(context) && !types.some((type) => by.some((each) => opensAll(each, type)))
    ? inWords(
        'take its rules out and keep it as a denial, or narrow the one that says the same',
        together(
          write(policy, [...policy.rules.at, 'policyTypes'], types),
          ...types.map((type) => write(policy, sectionOf(policy.rules, type).at, [])),
        ),
      )
    : inWords(FIX, deletion(policy));
}
