import { aksDocs } from '../../aks/fact-source';
import { append } from '../../model/collections';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import { withMore, write } from '../fix';
import { type HiddenSource, hiddenSources } from '../hidden-source';
import type { LintRule } from '../lint-rule';

const example = (spec: string) =>
  `${deployment('web', { ports: [{ containerPort: 8080 }] })}---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, ${spec}selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
${networkPolicy('web', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })}`;

const AND_RANGES = ', and restrict clients by loadBalancerSourceRanges';

export const loadBalancerHidesSource: LintRule = {
  id: 'load-balancer-hides-source',
  severity: 'warning',
  summary: 'clients of a Service come with the address of a node, which the policies do not expect',
  why:
    "With externalTrafficPolicy Cluster, which is the default, a client that enters on another node than the pod's " +
    "arrives with that node's address. On calico a policy that admits client ranges then drops it; cilium enforces " +
    'policies here too, and whose address it sees was not found. On azure one that enters on the own node of the pod ' +
    'passes whatever the policies say.',
  fix: `write externalTrafficPolicy: Local on the Service${AND_RANGES}`,
  sources: [
    aksDocs('migrate-from-npm-to-cilium-network-policy.md'),
    { from: 'Azure NPM v2 of 2026-08-20, run with the chains of kube-proxy', read: '2026-11-22' },
    { from: 'Calico Felix v3.34-dev, run with the chains of kube-proxy', read: '2026-11-22' },
  ],
  misses:
    'Services whose endpoints are kept by hand. loadBalancerSourceRanges, which may say what the policies do not. A ' +
    'NodePort that no policy opens to anybody outside.',
  bad: { manifests: example(''), profile: { engine: 'calico' } },
  good: { manifests: example('externalTrafficPolicy: Local, '), profile: { engine: 'calico' } },
  needs: needsEngine,
  *check(context) {
    for (const [service, hidden] of hiddenSources(context)) {
      const byMessage = new Map<string, HiddenSource[]>();
      for (const each of hidden) {
        append(byMessage, messageOf(each), each);
      }
      for (const [message, alike] of byMessage) {
        const [{ kind, witness }] = alike as [HiddenSource];
        yield {
          ...about(service),
          severity: kind === 'not-known' ? 'info' : 'warning',
          field: ['spec', 'externalTrafficPolicy'],
          message: `${message} (${context.words.workloads([...new Set(alike.map(({ workload }) => workload))])})`,
          witness,
          fix: withMore(
            write({ kind: 'Service', ...service }, ['spec', 'externalTrafficPolicy'], 'Local'),
            AND_RANGES,
          ),
        };
      }
    }
  },
};

function messageOf({ kind, port, clients }: HiddenSource): string {
  switch (kind) {
    case 'hole':
      return `clients that enter on the node of a pod reach ${port} whatever the policies say; those that enter on another node are judged by its address`;
    case 'closed':
      return `no policy lets anybody outside in on ${port}, so all that comes through the load balancer is dropped`;
    case 'not-known':
      return `policies admit ${clients} on ${port} and no node; whether Cilium sees the client when it enters on another node was not found`;
    case 'dropped':
      return `policies admit ${clients} on ${port}; who enters on another node comes with its address and is dropped`;
  }
}
