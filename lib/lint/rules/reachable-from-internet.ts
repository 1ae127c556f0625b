import { exposingRules } from '../exposing-rules';
import type { LintRule } from '../lint-rule';

const example = (cidr: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec: { template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: 5432 }] }]
`;

export const reachableFromInternet: LintRule = {
  id: 'reachable-from-internet',
  severity: 'warning',
  summary: 'an ingress rule lets every address of the internet in',
  why:
    'Whatever opens a way to the pods later, such as a load balancer, opens it to everybody outside. Azure NPM also ' +
    'reads a namespace selector of NotIn and DoesNotExist alone as everything outside the cluster.',
  fix: {
    yaml: 'write the addresses that are meant: { ipBlock: { cidr: "203.0.113.0/24" } }',
    code: "write the addresses that are meant: Peer.ipBlock('203.0.113.0/24')",
  },
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'Azure NPM v2 for Linux, source of 2026-08-20, run', read: '2026-11-22' },
  ],
  misses:
    'Ports on which a Service of type LoadBalancer or NodePort, an Ingress, a route of the Gateway API or a VirtualService ' +
    'with a gateway stands in front of the pods: there the exposure is evidently wanted. Blocks that leave some public addresses out.',
  bad: { manifests: example('0.0.0.0/0') },
  good: { manifests: example('203.0.113.0/24') },
  check: (context) => exposingRules(context, 'internet'),
};
