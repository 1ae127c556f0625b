import { mayBeAdded, ORDINAL_LABELS } from './added-labels';
import type { ContainerPort, Service, ServicePort, Workload } from './cluster';

const OUTWARD: readonly string[] = ['LoadBalancer', 'NodePort'];

/** Whether a service takes traffic from outside the cluster. */
export function isOutward({ type = 'ClusterIP' }: Service): boolean {
  return OUTWARD.includes(type);
}

/**
 * Whether a service sends to pods of a workload; to one alone, where it asks for a pod of a StatefulSet. An empty selector is none: the endpoints of such a service are
 * kept by hand.
 */
export function isBehind({ namespace, selector = {} }: Service, workload: Workload): boolean {
  const wanted = Object.entries(selector);
  return (
    workload.namespace === namespace &&
    wanted.length > 0 &&
    wanted.every(
      ([key, value]) =>
        workload.labels[key] === value || (ORDINAL_LABELS.includes(key) && mayBeAdded(workload, key, value)),
    )
  );
}

/**
 * The pods' own port that a service's port sends to. A name is that of the first container that gives it, or of the first
 * sidecar where none does; before Kubernetes 1.32 sidecars did not count. `undefined` where the pods do not have the name.
 *
 * @param declared by one pod: its containers' ports before those of its sidecars, in their order
 * @see kubernetes pkg/api/v1/pod/util.go, FindPort; kubernetes#127976 and #128850 (read 2026-11-30)
 */
export function targetOf(
  { port, targetPort = port, protocol }: ServicePort,
  declared: readonly ContainerPort[],
): number | undefined {
  return typeof targetPort === 'number'
    ? targetPort
    : declared.find((each) => each.name === targetPort && each.protocol === protocol)?.port;
}
