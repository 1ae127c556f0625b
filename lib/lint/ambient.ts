import { AMBIENT } from '../aks/istio-ambient';
import { isSystemNamespace } from '../aks/system-namespaces';
import type { Workload } from '../model/cluster';
import type { Labels } from '../model/labels';
import { isBehind } from '../model/service-pods';
import type { LintContext } from './context';
import { oncePerContext } from './once';

/** The workloads whose pods surely are in the ambient mesh of Istio: what they send each other goes through its tunnel. */
export const meshed = oncePerContext((context: LintContext): ReadonlySet<Workload> => {
  const found = context.cluster.workloads.filter((workload) => isMeshed(workload, context));
  return new Set(found);
});

/** Whether pods of the mesh surely reach a workload through the tunnel, and from where they are themselves. */
export function isTunnelled(workload: Workload, context: LintContext): boolean {
  const { cluster } = context;
  const hasWaypoint = (labels: Labels = {}) => (labels[AMBIENT.waypointLabel] ?? 'none') !== 'none';
  return (
    meshed(context).has(workload) &&
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
