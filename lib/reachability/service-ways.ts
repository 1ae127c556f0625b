import { append } from '../model/append';
import type { Cluster, Service, Workload } from '../model/cluster';
import { PortSet } from '../model/port-set';
import type { Engine } from './engine';

const OUTWARD = ['LoadBalancer', 'NodePort'];

/**
 * The ports of pods that clients outside may reach past all policies: on some engines a node lets in what it stands in
 * for on behalf of a Service. Of a workload that is not there, none.
 */
export function portsPastPolicies(
  { services, workloads }: Cluster,
  engine: Engine,
): ReadonlyMap<Workload, PortSet> {
  const found = new Map<Workload, PortSet>();
  const outward = services.filter(
    ({ type = 'ClusterIP', externalTrafficPolicy }) =>
      OUTWARD.includes(type) && externalTrafficPolicy !== 'Local',
  );
  if (outward.length === 0 || engine.does('node-port-past-policies') === 'no') {
    return found;
  }
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) {
    append(byNamespace, workload.namespace, workload);
  }
  for (const service of outward) {
    const labels = Object.entries(service.selector ?? {});
    for (const workload of labels.length === 0 ? [] : (byNamespace.get(service.namespace) ?? [])) {
      if (labels.every(([key, value]) => workload.labels[key] === value)) {
        found.set(workload, (found.get(workload) ?? PortSet.NONE).or(targetsOf(service, workload)));
      }
    }
  }
  return found;
}

function targetsOf({ ports }: Service, { ports: own, pods }: Workload): PortSet {
  const declared = [own, ...pods.flatMap((pod) => (pod.ports === undefined ? [] : [pod.ports]))].flat();
  return ports
    .flatMap(({ port, targetPort = port, protocol }) =>
      typeof targetPort === 'number'
        ? [PortSet.range(protocol, targetPort)]
        : declared
            .filter((each) => each.name === targetPort && each.protocol === protocol)
            .map((each) => PortSet.range(protocol, each.port)),
    )
    .reduce((all, each) => all.or(each), PortSet.NONE);
}
