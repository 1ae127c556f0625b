import { mayBeAdded, ORDINAL_LABELS } from './added-labels';
import type { ContainerPort, Service, ServicePort, Workload } from './cluster';

const OUTWARD: readonly string[] = ['LoadBalancer', 'NodePort'];

/** Whether a service accepts traffic from outside the cluster. */
export function isOutward({ type = 'ClusterIP' }: Service): boolean {
  return OUTWARD.includes(type);
}

/**
 * Whether a service sends to pods of a workload, or to a single pod of a StatefulSet that its selector names. An empty
 * selector matches nothing: the endpoints of such a service are managed by hand.
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
 * The pods' port that a service's port sends to. A name means the first container that declares it, or the first
 * sidecar if no container does; before Kubernetes 1.32 sidecars did not count. `undefined` if nothing declares the name.
 *
 * @param declared the ports of one pod: those of containers first, then those of sidecars
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
