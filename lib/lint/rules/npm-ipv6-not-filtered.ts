import { CLUSTER } from '../context';
import type { LintRule } from '../lint-rule';

export const npmIpv6NotFiltered: LintRule = {
  id: 'npm-ipv6-not-filtered',
  severity: 'error',
  summary: 'on azure, the cluster has IPv6 addresses, and no policy filters them',
  engines: ['azure'],
  fix: 'move to cilium, which supports dual stack, or take IPv6 away from the cluster',
  *check(context) {
    if (context.cluster.policies.length === 0 || !context.facts.isDualStack) {
      return;
    }
    const isolated = context.reachesIn('Ingress').find((reach) => reach.isolated === 'yes');
    const [workload] = isolated?.workloads ?? [];
    yield {
      object: CLUSTER,
      message:
        'it has IPv6 addresses, and Azure NPM lets everything through on them whatever the policies say',
      ...(workload === undefined
        ? {}
        : { witness: `any IPv6 address → ${workload.namespace}/${workload.name} is allowed` }),
    };
  },
};
