import { HOSTS } from '../../aks/host-names';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import { PortSet } from '../../model/port-set';
import { INTERNET } from '../../reachability/sets/internet';
import { about, type LintContext, oncePerContext } from '../context';
import type { GroupReach } from '../group-reach';
import { apiServerRange } from '../ip-blocks';
import { toEntraId, usesIdentity } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openingFor } from '../opening-fix';
import { whatPoliciesDo } from '../words';

const ELSEWHERE = IpSet.ALL.without(INTERNET);
const ENTRA_ID = HOSTS['entra-id'];
const HTTPS = PortSet.range('TCP', ENTRA_ID.port);

export const workloadIdentityCutOff: LintRule = {
  id: 'workload-identity-cut-off',
  severity: 'error',
  summary: 'pods with workload identity cannot reach Entra ID',
  fix: {
    yaml: 'add an egress rule to every address outside the cluster on port 443, or on cilium a policy for its names',
    code: 'add the rule AksTraffic.on(profile).toEntraId({ anywhereOutside: true }), or on cilium toEntraId() to a CiliumNetworkPolicy',
  },
  *check(context) {
    const { cloud = 'AzureCloud' } = context.profile;
    const asking = context.cluster.workloads.filter(usesIdentity);
    for (const reach of context.facts.reachesOf('Egress', context.facts.setOf(asking))) {
      const workloads = reach.workloads.filter(usesIdentity);
      const [first] = workloads;
      const [policy] = reach.policies;
      if (first === undefined || policy === undefined || !isCutOff(reach, context)) {
        continue;
      }
      const host = ENTRA_ID.names[cloud][0];
      const isOpenInPart = reach.openTo(INTERNET).overlaps(HTTPS);
      yield {
        ...about(policy),
        message: `${whatPoliciesDo(reach.policies, 'lets', 'let')} ${context.words.workloads(workloads)} reach no address of the internet${isOpenInPart ? ' but that of the API server' : ''} on ${HTTPS}, and workload identity needs ${host} there`,
        witness: `${qualifiedName(first)} → ${isOpenInPart ? host : 'internet'} on ${HTTPS} is denied`,
        fix: openingFor(context, reach, toEntraId(context.profile)),
      };
    }
  },
};

/** Entra ID does not answer at the address of the API server, and no proxy does. */
function isCutOff(reach: GroupReach, context: LintContext): boolean {
  const apiServer = apiServerRange(context);
  return (
    reach.isolated === 'yes' &&
    reach.isCertain &&
    !reach.openTo(INTERNET.without(apiServer)).overlaps(HTTPS) &&
    !reach.openTo(ELSEWHERE.without(apiServer)).overlaps(PROXY_PORTS) &&
    !mayUseProxyPods(reach, context)
  );
}

/** Where a forward proxy may listen. */
const PROXY_PORTS = PortSet.union([80, 443, 3128, 8080, 8443].map((port) => PortSet.range('TCP', port)));

/** Words in names and labels of pods that carry requests out of the cluster. */
const PROXY = /proxy|squid|egress|gateway|envoy/i;

const proxies = oncePerContext(({ cluster, facts }: LintContext) =>
  facts.setOf(
    cluster.workloads.filter(({ namespace, name, labels }) =>
      PROXY.test(JSON.stringify([namespace, name, labels])),
    ),
  ),
);

/** Whether pods that may well be a forward proxy are open to some workloads. */
function mayUseProxyPods(reach: GroupReach, context: LintContext): boolean {
  return (
    reach.openWith(proxies(context)).overlaps(PROXY_PORTS) ||
    reach.withPossible.some(({ set, ports }) => PROXY.test(set.key) && ports.possible.overlaps(PROXY_PORTS))
  );
}
