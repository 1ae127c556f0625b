import { qualifiedName } from '../../model/cluster';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { shutTargets } from '../shut-targets';
import { whatPoliciesDo } from '../words';

const example = (port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
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
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: ${port} }] }]
`;

export const unreachableWorkload: LintRule = {
  id: 'unreachable-workload',
  severity: 'warning',
  summary: 'no policy lets anybody in on the port to which a service sends',
  why:
    'The policies that isolate the pods open no such port to anybody, so nobody can use the service. Often a rule ' +
    "names the service's port: policies judge the pods' own, the targetPort.",
  fix: {
    yaml: "open the pods' port: ports: [{ port: targetPort }], by its number",
    code: "open the pods' port: IngressRule.allow({ from, ports: [Port.tcp(targetPort)] })",
  },
  sources: [
    {
      from: 'ahmetb/kubernetes-network-policy-recipes, 09-allow-traffic-only-to-a-port.md',
      read: '2026-11-22',
    },
  ],
  misses:
    'A port that is open to peers which do not exist: they may stand in other manifests. Target ports by a name that ' +
    'the pods do not declare. Pods that are open on 15008/TCP, where all arrives in Istio’s ambient mesh. On ' +
    'azure, services that take traffic on nodes, part of which that engine does not filter.',
  bad: { manifests: example(80) },
  good: { manifests: example(8080) },
  *check(context) {
    for (const { services, workload, ports, reach, fix } of shutTargets(context)) {
      const names = `${services.length === 1 ? 'service' : 'services'} ${listWords(services.map(qualifiedName))}`;
      yield {
        ...about(workload),
        message: `${whatPoliciesDo(reach.policies, 'isolates', 'isolate')} it and no rule opens ${ports}, where ${names} ${services.length === 1 ? 'sends' : 'send'}`,
        witness: `anybody → ${qualifiedName(workload)} on ${ports} is denied`,
        fix,
      };
    }
  },
};
