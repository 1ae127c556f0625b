import { CLUSTER, isNpm, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

const MANIFESTS = deployment('web') + networkPolicy('deny', { podSelector: {}, policyTypes: ['Ingress'] });

export const npmIpv6NotFiltered: LintRule = {
  id: 'npm-ipv6-not-filtered',
  severity: 'error',
  summary: 'on azure, the cluster has IPv6 addresses, and no policy filters them',
  why: 'Azure NPM writes rules for IPv4 only: under a policy that denies everything, IPv6 stays open.',
  fix: 'move to cilium, which supports dual stack, or take IPv6 away from the cluster',
  sources: [{ from: 'Azure NPM v2 of 2026-08-20, run', read: '2026-11-22' }],
  misses: 'IPv6 addresses that neither the profile nor a pod or node tells of.',
  bad: { manifests: MANIFESTS, profile: { engine: 'azure', podCidrs: ['10.244.0.0/16', 'fd00:10::/64'] } },
  good: { manifests: MANIFESTS, profile: { engine: 'azure', podCidrs: ['10.244.0.0/16'] } },
  needs: needsEngine,
  *check(context) {
    if (!isNpm(context) || context.cluster.policies.length === 0 || !context.facts.isDualStack) {
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
