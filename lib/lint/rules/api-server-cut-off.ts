import { isSystemNamespace } from '../../aks/system-namespaces';
import { qualifiedName, type Workload } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import { withMore } from '../fix';
import { apiServerRange } from '../ip-blocks';
import { toApiServer, usesIdentity } from '../lifelines';
import type { LintRule } from '../lint-rule';
import { openingFor } from '../opening-fix';
import { whatPoliciesDo } from '../words';

const HTTPS = PortSet.range('TCP', 443);
const OR_NO_TOKEN = ', or write automountServiceAccountToken: false where no token is needed';

export const apiServerCutOff: LintRule = {
  id: 'api-server-cut-off',
  severity: 'info',
  summary: 'pods with a service account of their own cannot reach the API server',
  fix: {
    yaml: `add an egress rule to the addresses of the API server on port 443${OR_NO_TOKEN}`,
    code: `add the rule AksTraffic.on(profile).toApiServer()${OR_NO_TOKEN}`,
  },
  needs: ({ profile, cluster }) =>
    profile.apiServerAddresses === undefined && cluster.workloads.some(mayCall)
      ? 'the addresses of the API server are not known: write apiServerAddresses in the profile'
      : undefined,
  *check(context) {
    const addresses = context.profile.apiServerAddresses ?? [];
    const set = apiServerRange(context);
    for (const reach of set.isEmpty ? [] : context.reachesIn('Egress')) {
      const workloads = reach.workloads.filter(mayCall);
      const [first] = workloads;
      const [policy] = reach.policies;
      const isShut = reach.isolated === 'yes' && reach.isCertain && !reach.openTo(set).overlaps(HTTPS);
      if (first === undefined || policy === undefined || !isShut) {
        continue;
      }
      yield {
        ...about(policy),
        message: `${whatPoliciesDo(reach.policies, 'keeps', 'keep')} ${context.words.workloads(workloads)} from the API server at ${listWords([...addresses].sort())}, for which the service account ${first.serviceAccount} has a token`,
        witness: `${qualifiedName(first)} → ${addresses[0]} ${HTTPS} is denied`,
        fix: withMore(openingFor(context, reach, toApiServer(context.profile)), OR_NO_TOKEN),
      };
    }
  },
};

/** Whether a workload has a service account of its own and its token, which hint at calls of the API server. */
function mayCall(workload: Workload): boolean {
  const { namespace, serviceAccount = 'default', mountsToken } = workload;
  return (
    serviceAccount !== 'default' &&
    serviceAccount !== '' &&
    mountsToken !== false &&
    !usesIdentity(workload) &&
    !isSystemNamespace(namespace)
  );
}
