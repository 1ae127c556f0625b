import type { Cluster, Service, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import { PortSet } from '../../model/port-set';
import { isBehind, isOutward, targetOf } from '../../model/service-pods';
import type { Engine } from './engine';

/**
 * The ports of workloads that clients outside may reach past all policies, because a node sends on to them what comes
 * for a Service. Left out where there is none, as on most engines.
 */
export function portsPastPolicies(
  { services, workloads }: Cluster,
  engine: Engine,
): ReadonlyMap<Workload, PortSet> {
  const found = new Map<Workload, PortSet>();
  const outward = services.filter((each) => isOutward(each) && each.externalTrafficPolicy !== 'Local');
  if (outward.length === 0 || engine.does('node-port-past-policies') === 'no') {
    return found;
  }
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) {
    append(byNamespace, workload.namespace, workload);
  }
  for (const service of outward) {
    for (const workload of byNamespace.get(service.namespace) ?? []) {
      if (isBehind(service, workload)) {
        found.set(workload, (found.get(workload) ?? PortSet.NONE).or(reachedBy(service, workload)));
      }
    }
  }
  return found;
}

function reachedBy({ ports }: Service, { ports: own, pods }: Workload): PortSet {
  const declared = [own, ...pods.flatMap((pod) => (pod.ports === undefined ? [] : [pod.ports]))];
  return PortSet.union(
    ports.flatMap((each) =>
      declared.flatMap((list) => {
        const port = targetOf(each, list);
        return port === undefined ? [] : PortSet.range(each.protocol, port);
      }),
    ),
  );
}
