import { defined } from '../../model/defined';
import type { LintRule } from '../lint-rule';

const example = (second: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${second}, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress] }
`;

export const duplicateName: LintRule = {
  id: 'duplicate-name',
  severity: 'error',
  summary: 'two different policies have one name',
  why:
    'A cluster keeps one object of a name in a namespace: whichever is applied last replaces the other, and what ' +
    'that one isolated is open.',
  fix: 'give each policy a name of its own, or bring the two together in one',
  sources: [{ from: 'kubernetes.io, docs/concepts/overview/working-with-objects/names', read: '2026-11-22' }],
  misses: 'Policies of one name that are word for word the same: they are one policy, given twice.',
  bad: { manifests: example('default-deny') },
  good: { manifests: example('default-deny-egress') },
  *check({ cluster }) {
    for (const { kind, namespace, name, problem, source } of cluster.unreadable) {
      if (kind === 'NetworkPolicy' && name !== undefined && problem.code === 'object-conflict') {
        yield {
          object: { kind, name, ...defined({ namespace }) },
          field: ['metadata', 'name'],
          message: `a policy of this name has other contents; ${problem.problem}`,
          ...defined({ source }),
        };
      }
    }
  },
};
