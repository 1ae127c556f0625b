import { listWords } from '../../model/word-list';
import { about } from '../context';
import { redundanciesOf } from '../redundancies';
import type { Rule } from '../rule';

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

export const shadowedPolicy: Rule = {
  id: 'shadowed-policy',
  severity: 'info',
  summary: 'a policy allows and isolates nothing that others do not',
  why:
    'Deleting it changes no connection. As long as it is there, it looks as if it decided something, and narrowing ' +
    'it narrows nothing.',
  fix: 'delete the policy, or narrow the one that says the same',
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
        message: `${names} ${by.length === 1 ? 'allows and isolates' : 'together allow and isolate'} all that this policy does${always ? '' : ' today'}`,
      };
    }
  },
};
