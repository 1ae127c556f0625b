import type { WorkloadKind } from '../../lib/model/object-kinds';
import { PortSet } from '../../lib/model/port-set';
import type { Connection, Member, Party } from '../../lib/reachability/answers/parties';

/** A workload in namespace `shop`, as one of a party. */
export function member(name: string, pods?: readonly string[], kind: WorkloadKind = 'Deployment'): Member {
  const workload = { kind, namespace: 'shop', name, labels: {}, ports: [], hostNetwork: false, pods: [] };
  return pods === undefined ? { workload } : { workload, pods };
}

export function connection(from: Party, to: Party, ports = PortSet.range('TCP', 5432)): Connection {
  return { from, to, ports, verdict: 'allowed' };
}

export const workloads = (...names: string[]): Party => ({ workloads: names.map((name) => member(name)) });
