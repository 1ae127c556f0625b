import { isSystemNamespace } from '../../aks/system-namespaces';
import { CORE_DNS } from '../../aks/system-pods';
import { qualifiedName, type Workload } from '../../model/cluster';
import { about } from '../context';
import { toNameServers } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { nameService } from '../name-service';
import { openingFor } from '../opening-fix';
import { firstPorts, whatPoliciesDo } from '../words';

export const egressCannotResolveNames: LintRule = {
  id: 'egress-cannot-resolve-names',
  severity: 'error',
  summary: 'pods may talk to others but not ask for their names',
  fix: {
    yaml:
      'add the egress rule { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, ' +
      'podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, ' +
      'port: 53 }] }',
    code: 'add the rule AksTraffic.on(profile).toCoreDns(), or toDns() with LocalDNS',
  },
  *check(context) {
    for (const reach of context.reachesIn('Egress')) {
      const found = nameService(reach, context);
      const workloads = found === undefined ? [] : reach.workloads.filter(usesClusterDns);
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

function usesClusterDns({ namespace, dnsPolicy }: Workload): boolean {
  return dnsPolicy === undefined && !isSystemNamespace(namespace);
}
