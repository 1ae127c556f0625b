import type { ContainerPort, Service, ServicePort, Workload } from './cluster';

const OUTWARD: readonly string[] = ['LoadBalancer', 'NodePort'];

/** Whether a service takes traffic from outside the cluster. */
export function isOutward({ type = 'ClusterIP' }: Service): boolean {
  return OUTWARD.includes(type);
}

/**
 * Whether a service sends to the pods of a workload. An empty selector is none: the endpoints of such a service are
 * kept by hand.
 */
export function isBehind({ namespace, selector = {} }: Service, workload: Workload): boolean {
  const wanted = Object.entries(selector);
  return (
    workload.namespace === namespace &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => workload.labels[key] === value)
  );
}

/** The pods' own ports that a service's port sends to. A name is looked up among those that they declare. */
export function targetsOf(
  { port, targetPort = port, protocol }: ServicePort,
  declared: readonly ContainerPort[],
): number[] {
  return typeof targetPort === 'number'
    ? [targetPort]
    : declared
        .filter((each) => each.name === targetPort && each.protocol === protocol)
        .map((each) => each.port);
}
