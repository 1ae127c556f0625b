import { qualifiedName } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { portsInstead, servicePortSlip } from '../service-ports';

const example = (port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: ${port} }] }]
`;

export const servicePortNotTargetPort: LintRule = {
  id: 'service-port-not-target-port',
  severity: 'warning',
  summary: 'a rule allows the port of a service and not the port of its pods',
  why: 'Policies judge traffic to pods, on the pods’ own port; a service’s port is replaced before they look.',
  fix: 'write the target port of the service, by number or name',
  sources: [
    { from: 'ahmetb/kubernetes-network-policy-recipes, 09', read: '2026-11-22' },
    { from: 'Azure NPM v1.8.12, run', read: '2026-11-22' },
  ],
  misses:
    'Rules that also concern workloads behind no such service, or addresses: the port may be meant for them. ' +
    'Ranges and names of ports.',
  bad: { manifests: example(80) },
  good: { manifests: example(8080) },
  *check(context) {
    for (const policy of context.cluster.services.length === 0 ? [] : context.cluster.policies) {
      for (const rule of context.rulesInForce(policy)) {
        for (const entry of rule.ports ?? []) {
          const slip = servicePortSlip(context, policy, rule, entry);
          if (slip !== undefined) {
            const { services, targets } = slip;
            const names = listWords(services.map(qualifiedName));
            yield {
              ...about(policy),
              field: [...entry.at, 'port'],
              message:
                `${entry.port}/${entry.protocol} is the port of service ${names}, whose pods listen on ` +
                `${listWords(targets.map(String))}: this entry allows nothing`,
              fix: portsInstead(policy, entry, targets),
            };
          }
        }
      }
    }
  },
};
