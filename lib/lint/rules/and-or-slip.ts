import { fieldText } from '../../model/field-path';
import { count } from '../../model/word-list';
import { andOrSlips } from '../and-or';
import { about } from '../context';
import { remove, together, writeElsewhere } from '../fix';
import type { LintRule } from '../lint-rule';
import { podsPeer } from '../pieces';

const example = (peers: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: ops, labels: { team: ops } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: prometheus, namespace: ops }
spec: { template: { metadata: { labels: { app: prometheus } }, spec: { containers: [{ name: prometheus }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
${peers}
`;

export const andOrSlip: LintRule = {
  id: 'and-or-slip',
  severity: 'warning',
  summary: 'two entries of a rule were meant as one',
  why:
    'Two entries mean either, one entry with two selectors means both. One dash too many lets every pod of the ' +
    'namespaces in.',
  fix: {
    yaml: 'write both selectors in one entry',
    code: 'write one peer: Peer.otherNamespaces({ namespaces, pods })',
  },
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'runoncloud/kubectl-np-viewer, issue 6', read: '2026-11-22' },
  ],
  misses:
    'Entries whose pod selector matches pods of the policy’s own namespace too: nothing tells which was meant. ' +
    'Namespaces whose workloads or labels are not given.',
  bad: {
    manifests: example(
      '        - namespaceSelector: { matchLabels: { team: ops } }\n        - podSelector: { matchLabels: { app: prometheus } }',
    ),
  },
  good: {
    manifests: example(
      '        - namespaceSelector: { matchLabels: { team: ops } }\n          podSelector: { matchLabels: { app: prometheus } }',
    ),
  },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const rule of context.rulesInForce(policy)) {
        for (const { namespaces, pods, meant, apart, asOne } of andOrSlips(context, policy, rule)) {
          yield {
            ...about(policy),
            field: pods.at,
            message:
              `no workload of namespace ${policy.namespace} has these labels: apart, this entry and ` +
              `${fieldText(namespaces.at)} mean ${count(apart.length, 'workload')}, as one entry ` +
              `${count(asOne.length, 'workload')} (${context.words.workloads(asOne)})`,
            fix: together(writeElsewhere(policy, namespaces.at, podsPeer(meant)), remove(policy, pods.at)),
          };
        }
      }
    }
  },
};
