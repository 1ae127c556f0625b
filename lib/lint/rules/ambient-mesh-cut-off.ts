import { AMBIENT } from '../../aks/istio-ambient';
import { type PolicyEntry, qualifiedName, type Workload } from '../../model/cluster';
import type { DirectedRule } from '../../model/policy-rules';
import { type CutOff, cutOffBy, meshed } from '../ambient';
import type { LintContext } from '../context';
import { add } from '../fix';
import { eachPolicy, type LintRule, type PolicyObservation } from '../lint-rule';

export const ambientMeshCutOff: LintRule = {
  id: 'ambient-mesh-cut-off',
  severity: 'warning',
  summary: "a rule opens a port between pods of Istio's ambient mesh, and not the port of the mesh's tunnel",
  fix: {
    yaml: 'open 15008/TCP beside it: { port: 15008 }',
    code: 'open 15008/TCP beside it: Port.tcp(15008)',
  },
  check: eachPolicy(function* (policy, context) {
    const members = meshed(context);
    for (const rule of members.isEmpty ? [] : context.rulesInForce(policy)) {
      const opening =
        rule.direction === 'Ingress' && rule.ports !== undefined
          ? context.facts.opening(policy, 'Ingress', rule.index)
          : undefined;
      for (const cutOff of opening === undefined ? [] : cutOffBy(policy, opening, members, context)) {
        yield observe(policy, rule, cutOff, context);
      }
    }
  }),
};

function observe(
  policy: PolicyEntry,
  { at, index }: DirectedRule,
  { callers, ports, workloads }: CutOff,
  { words }: LintContext,
): PolicyObservation {
  const tunnel = `${AMBIENT.port}/TCP`;
  const [workload] = workloads as [Workload];
  const others = callers.filter((each) => each !== workload) as [Workload];
  return {
    field: at,
    message: `ingress rule ${index} lets ${words.workloads(workloads.length === 1 ? others : callers)} reach ${words.workloads(workloads)} on ${ports}, and no rule on ${tunnel}, where it arrives: they are in Istio's ambient mesh`,
    witness: `${qualifiedName(others[0])} → ${qualifiedName(workload)} on ${tunnel} is denied`,
    fix: add(policy, [...at, 'ports'], { port: AMBIENT.port }),
  };
}
