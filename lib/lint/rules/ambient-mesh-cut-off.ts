import { AMBIENT } from '../../aks/istio-ambient';
import { type PolicyEntry, qualifiedName, type Workload } from '../../model/cluster';
import type { DirectedRule } from '../../model/policy-rules';
import { PortSet } from '../../model/port-set';
import { remember } from '../../model/remember';
import type { Opening } from '../../reachability/openings';
import type { WorkloadSet } from '../../reachability/workload-set';
import { isTunnelled, meshed } from '../ambient';
import { about, type LintContext } from '../context';
import { deployment, networkPolicy } from '../example-manifests';
import { add } from '../fix';
import type { Observation, Rule } from '../rule';

const TUNNEL = PortSet.range('TCP', AMBIENT.port);
const TCP = PortSet.range('TCP', 1, 65535);

const example = (...ports: readonly number[]) =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { ${AMBIENT.modeLabel}: ambient } } }\n` +
  deployment('web') +
  deployment('db') +
  networkPolicy('db', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: ports.map((port) => ({ port })) },
    ],
  });

export const ambientMeshCutOff: Rule = {
  id: 'ambient-mesh-cut-off',
  severity: 'warning',
  summary: "a rule opens a port between pods of Istio's ambient mesh, and not the port of the mesh's tunnel",
  why:
    'Between pods in ambient mode everything arrives on 15008/TCP, whatever port the application has, and policies see ' +
    "that port, because they are enforced outside the pod. A rule for the application's port alone lets in nobody of the mesh.",
  fix: {
    yaml: 'open 15008/TCP beside it: { port: 15008 }',
    code: 'open 15008/TCP beside it: Port.tcp(15008)',
  },
  sources: AMBIENT.sources,
  misses:
    'Pods that may have a sidecar, and pods behind a waypoint, which calls in place of others; callers that no manifest tells ' +
    "of, and gateways; egress, of which Istio's page says nothing; probes of the kubelet, which come from an address of Istio's.",
  bad: { manifests: example(5432) },
  good: { manifests: example(5432, AMBIENT.port) },
  *check(context) {
    const members = context.survey.setOf([...meshed(context)]);
    for (const policy of members.isEmpty ? [] : context.cluster.policies) {
      for (const rule of context.rulesInForce(policy)) {
        const opening =
          rule.direction === 'Ingress' && rule.ports !== undefined
            ? context.survey.opening(policy, 'Ingress', rule.index)
            : undefined;
        for (const cutOff of opening === undefined ? [] : cutOffBy(policy, opening, members, context)) {
          yield observe(policy, rule, cutOff, context);
        }
      }
    }
  },
};

/** Workloads that a rule opens to others of the mesh on ports of the application, and nothing on that of the tunnel. */
interface CutOff {
  readonly callers: readonly Workload[];
  readonly ports: PortSet;
  readonly workloads: Workload[];
}

function cutOffBy(
  policy: PolicyEntry,
  opening: Opening,
  members: WorkloadSet,
  context: LintContext,
): Iterable<CutOff> {
  const { survey } = context;
  const meant = opening.peers?.reduce((all, { workloads }) => all.or(workloads), survey.setOf([])) ?? members;
  const callers = meant.and(members);
  const found = new Map<string, CutOff>();
  for (const reach of survey.reachesOf('Ingress', survey.held(policy).and(members))) {
    const ports = opening.ports(survey.setOf(reach.workloads)).and(TCP);
    const shut = callers.without(reach.openOn(TUNNEL)).list();
    const workloads = reach.workloads.filter(
      // Pods of one workload rarely call each other.
      (workload) => isTunnelled(workload, context) && shut.some((caller) => caller !== workload),
    );
    if (!ports.isEmpty && workloads.length > 0) {
      const key = `${ports} ${shut.map(qualifiedName)}`;
      remember(found, key, () => ({ callers: shut, ports, workloads: [] })).workloads.push(...workloads);
    }
  }
  return found.values();
}

function observe(
  policy: PolicyEntry,
  { at, index }: DirectedRule,
  { callers, ports, workloads }: CutOff,
  { words }: LintContext,
): Observation {
  const tunnel = `${AMBIENT.port}/TCP`;
  const [workload] = workloads as [Workload];
  const others = callers.filter((each) => each !== workload) as [Workload];
  return {
    ...about(policy),
    field: at,
    message: `ingress rule ${index} lets ${words.workloads(workloads.length === 1 ? others : callers)} reach ${words.workloads(workloads)} on ${ports}, and no rule on ${tunnel}, where it arrives: they are in Istio's ambient mesh`,
    witness: `${qualifiedName(others[0])} → ${qualifiedName(workload)} on ${tunnel} is denied`,
    fix: add(policy, [...at, 'ports'], { port: AMBIENT.port }),
  };
}
