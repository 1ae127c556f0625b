import { exposingRules } from '../exposing-rules';
import type { LintRule } from '../lint-rule';

const example = (from: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec: { template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ ${from}ports: [{ port: 5432 }] }]
`;

export const reachableFromEverywhere: LintRule = {
  id: 'reachable-from-everywhere',
  severity: 'warning',
  summary: 'an ingress rule lets every pod in, those that no manifest tells of among them',
  why:
    'A rule without peers means everybody, every address, too, and policies only add up: no other policy takes anything ' +
    'back. Most often the peers were forgotten. A rule for every namespace leaves the addresses out: somebody wrote so, ' +
    'and who gets a pod into the cluster, with any labels, is in.',
  fix: {
    yaml: 'name the peers: from: [{ podSelector: { matchLabels: { app: web } } }]',
    code: "name the peers: IngressRule.allow({ from: [Peer.sameNamespace({ matchLabels: { app: 'web' } })], ports })",
  },
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'Ports on which a Service of type LoadBalancer or NodePort, an Ingress, a route of the Gateway API or a VirtualService ' +
    'with a gateway stands in front of the pods: there the exposure is evidently wanted. Rules that mean everybody only together. Policies of ' +
    'which no pod is known: what stands in front of them is known as little.',
  bad: { manifests: example('') },
  good: { manifests: example('from: [{ podSelector: { matchLabels: { app: web } } }], ') },
  check: (context) => exposingRules(context, 'everywhere'),
};
