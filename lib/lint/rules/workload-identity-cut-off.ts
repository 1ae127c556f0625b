import { aksDocs } from '../../aks/fact-source';
import { HOSTS } from '../../aks/host-names';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import { PortSet } from '../../model/port-set';
import { INTERNET } from '../../reachability/sets/internet';
import { about, type LintContext, oncePerContext } from '../context';
import type { GroupReach } from '../group-reach';
import { toEntraId } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openingFor } from '../opening-fix';
import { mayUseProxyPods, PROXY_PORTS } from '../proxies';
import { whatPoliciesDo } from '../words';
import { usesIdentity } from '../workload-identity';

const example = (rules: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web, azure.workload.identity/use: 'true' } }
    spec: { serviceAccountName: web, containers: [{ name: web }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-egress, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [${rules}]
`;

const ELSEWHERE = IpSet.ALL.without(INTERNET);
const ENTRA_ID = HOSTS['entra-id'];
const HTTPS = PortSet.range('TCP', ENTRA_ID.port);

export const workloadIdentityCutOff: LintRule = {
  id: 'workload-identity-cut-off',
  severity: 'error',
  summary: 'pods with workload identity cannot reach Entra ID',
  why:
    'They swap their token at login.microsoftonline.com (or its like in another cloud) on port 443, and no address ' +
    'outside the cluster is open to them there: every call to Azure fails.',
  fix: {
    yaml: 'add an egress rule to every address outside the cluster on port 443, or on cilium a policy for its names',
    code: 'add the rule AksTraffic.on(profile).toEntraId({ anywhereOutside: true }), or on cilium what toEntraId() tells',
  },
  sources: [aksDocs('outbound-rules-control-egress.md')],
  misses:
    'An address that is open and not the right one: Entra ID has no fixed ones. Pods that may reach a private address ' +
    'on a port of proxies, or pods whose names or labels speak of a proxy or an egress gateway. Clusters with FQDN policies, which are not read.',
  bad: { manifests: example('{ to: [{ podSelector: {} }] }') },
  good: {
    manifests: example(
      '{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }',
    ),
  },
  *check(context) {
    const { acns = 'None', cloud = 'AzureCloud' } = context.profile;
    const asking = acns === 'None' ? context.cluster.workloads.filter(usesIdentity) : [];
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

/** Where the API server answers, which is not where Entra ID does. */
const apiServer = oncePerContext(({ profile: { apiServerAddresses = [] } }: LintContext) =>
  IpSet.union(apiServerAddresses.map((each) => IpSet.ofAddress(each) ?? IpSet.NONE)),
);

function isCutOff(reach: GroupReach, context: LintContext): boolean {
  return (
    reach.isolated === 'yes' &&
    reach.isCertain &&
    !reach.openTo(INTERNET.without(apiServer(context))).overlaps(HTTPS) &&
    !reach.openTo(ELSEWHERE.without(apiServer(context))).overlaps(PROXY_PORTS) &&
    !mayUseProxyPods(reach, context)
  );
}
