import { qualifiedName, type Service } from '../../model/cluster';
import { remembered } from '../../model/collections';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { shutTargets } from '../shut-targets';
import { whatPoliciesDo } from '../words';

export const unreachableWorkload: LintRule = {
  id: 'unreachable-workload',
  severity: 'warning',
  summary: 'no policy lets anybody in on the port to which a service sends',
  fix: {
    yaml: "open the pods' port: ports: [{ port: targetPort }], by its number",
    code: "open the pods' port: IngressRule.allow({ from, ports: [Port.tcp(targetPort)] })",
  },
  *check(context) {
    for (const { services, workload, ports, reach, fix } of shutTargets(context)) {
      yield {
        ...about(workload),
        message: `${whatPoliciesDo(reach.policies, 'isolates', 'isolate')} it and no rule opens ${ports}, where ${whoSends(services)}`,
        witness: `anybody → ${qualifiedName(workload)} on ${ports} is denied`,
        fix,
      };
    }
  },
};

/** Thousands of workloads may have the same services. */
const whoSends = remembered((services: readonly Service[]) => {
  const names = listWords(services.map(qualifiedName));
  return services.length === 1 ? `service ${names} sends` : `services ${names} send`;
});
