import { AMBIENT } from '../aks/istio-ambient';
import { isSystemNamespace } from '../aks/system-namespaces';
import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { appendAll, remember, remembered } from '../model/collections';
import type { Labels } from '../model/labels';
import { PortSet } from '../model/port-set';
import { isBehind } from '../model/service-pods';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import type { RuleOpening } from './rule-openings';

const TUNNEL = PortSet.range('TCP', AMBIENT.port);
const TCP = PortSet.range('TCP', 1, 65535);

/**
 * Ports on which pods are called, and the port of the tunnel where TCP is among them: what the mesh carries arrives on
 * that one, so a policy that opens it lets callers of the mesh in.
 */
export const orTunnel = remembered(
  (ports: PortSet): PortSet => (ports.overlaps(TCP) ? ports.or(TUNNEL) : ports),
);

/** The workloads whose pods surely are in the ambient mesh of Istio: what they send each other goes through its tunnel. */
export const meshed = oncePerContext(
  (context: LintContext): WorkloadSet =>
    context.facts.setOf(context.cluster.workloads.filter((workload) => isMeshed(workload, context))),
);

/** Whether a workload is surely reached through the tunnel, without a waypoint between. */
function isTunnelled(workload: Workload, context: LintContext): boolean {
  const { cluster } = context;
  const hasWaypoint = (labels: Labels = {}) => (labels[AMBIENT.waypointLabel] ?? 'none') !== 'none';
  return (
    isMeshed(workload, context) &&
    workload.bypassesMesh !== true &&
    !hasWaypoint(workload.labels) &&
    !hasWaypoint(context.namespace(workload.namespace)?.labels) &&
    !cluster.services.some((service) => hasWaypoint(service.labels) && isBehind(service, workload))
  );
}

function isMeshed(
  { namespace, labels, hostNetwork, os, mayCarryMore }: Workload,
  context: LintContext,
): boolean {
  const ofNamespace: Labels = context.namespace(namespace)?.labels ?? {};
  return (
    (labels[AMBIENT.modeLabel] ?? ofNamespace[AMBIENT.modeLabel]) === 'ambient' &&
    !hostNetwork &&
    os !== 'windows' &&
    mayCarryMore !== true &&
    !mayHaveSidecar(labels) &&
    !mayHaveSidecar(ofNamespace) &&
    !isSystemNamespace(namespace)
  );
}

function mayHaveSidecar(labels: Labels): boolean {
  return AMBIENT.sidecarLabels.some((label) => !['false', 'disabled'].includes(labels[label] ?? 'false'));
}

/** Workloads that a rule opens to others of the mesh on ports of the application, while the port of the tunnel stays shut. */
export interface CutOff {
  readonly callers: readonly Workload[];
  readonly ports: PortSet;
  readonly workloads: Workload[];
}

/** The workloads that a rule of a policy opens so. */
export function cutOffBy(
  policy: PolicyEntry,
  opening: RuleOpening,
  members: WorkloadSet,
  context: LintContext,
): Iterable<CutOff> {
  const { facts } = context;
  const meant = opening.peers?.reduce((all, { workloads }) => all.or(workloads), facts.setOf([])) ?? members;
  const callers = meant.and(members);
  const found = new Map<string, CutOff>();
  for (const reach of facts.reachesOf('Ingress', facts.held(policy).and(members))) {
    const ports = opening.ports(facts.setOf(reach.workloads)).and(TCP);
    const shut = callers.without(reach.openOn(TUNNEL)).list();
    const workloads = reach.workloads.filter(
      // Pods of one workload rarely call each other.
      (workload) => isTunnelled(workload, context) && shut.some((caller) => caller !== workload),
    );
    if (!ports.isEmpty && workloads.length > 0) {
      const key = `${ports} ${shut.map(qualifiedName)}`;
      appendAll(remember(found, key, () => ({ callers: shut, ports, workloads: [] })).workloads, workloads);
    }
  }
  return found.values();
}
