import { aksDocs } from '../../aks/fact-source';
import { LOCAL_DNS } from '../../aks/fixed-addresses';
import { isSystemNamespace } from '../../aks/system-namespaces';
import { CORE_DNS } from '../../aks/system-pods';
import { qualifiedName, type Workload } from '../../model/cluster';
import { about } from '../context';
import { toNameServers } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { nameService } from '../name-service';
import { openingFor } from '../opening-fix';
import { firstPorts, whatPoliciesDo } from '../words';

const example = (dns: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-egress, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432 }]
${dns}`;

const TO_CORE_DNS = `    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
          podSelector: { matchLabels: { k8s-app: kube-dns } }
      ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
`;

export const egressCannotResolveNames: LintRule = {
  id: 'egress-cannot-resolve-names',
  severity: 'error',
  summary: 'pods may talk to others but not ask for their names',
  why:
    'Egress isolation also cuts the pods off from CoreDNS, and hardly anything is found without names. Large ' +
    'answers come by TCP, so both protocols are needed. With LocalDNS the name server is an address of the node, ' +
    'which a rule for the CoreDNS pods does not open.',
  fix: {
    yaml:
      'add the egress rule { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, ' +
      'podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, ' +
      'port: 53 }] }',
    code: 'add the rule AksTraffic.on(profile).toCoreDns(), or toDns() with LocalDNS',
  },
  sources: [
    aksDocs('best-practices-ml-ops.md'),
    ...LOCAL_DNS.sources,
    { from: 'Calico Felix v3.34-dev with the settings of AKS, run', read: '2026-11-22' },
  ],
  misses:
    'Pods that may talk to nobody at all, because that is a state of its own; pods with another dnsPolicy; policies ' +
    'for the ingress of CoreDNS; CiliumNetworkPolicies, which are not read. LocalDNS on engines of your own. Where the profile ' +
    'tells no podCidrs, IP blocks that may hold CoreDNS: 0.0.0.0/0 without 10.0.0.0/8 and the like still holds 100.64.0.0/10.',
  bad: { manifests: example('') },
  good: { manifests: example(TO_CORE_DNS) },
  *check(context) {
    for (const reach of context.reachesIn('Egress')) {
      const found = nameService(reach, context);
      const workloads = found === undefined ? [] : reach.workloads.filter(needsNames);
      const [first] = workloads;
      if (found === undefined || first === undefined) {
        continue;
      }
      const { policy, severity, server, missing, why } = found;
      const policies = [policy, ...reach.policies];
      const names = context.words.workloads(workloads);
      yield {
        ...about(policy),
        severity,
        message: `${whatPoliciesDo(reach.policies, 'lets', 'let')} ${names} talk to others, but not to ${server} on ${missing}${why}`,
        witness: `${qualifiedName(first)} → ${server === 'CoreDNS' ? `${CORE_DNS.namespace}/coredns` : server} ${firstPorts(missing)} is denied`,
        fix: found.fix ?? openingFor(context, { policies, workloads }, toNameServers(context.profile)),
      };
    }
  },
};

function needsNames({ namespace, dnsPolicy }: Workload): boolean {
  return dnsPolicy === undefined && !isSystemNamespace(namespace);
}
