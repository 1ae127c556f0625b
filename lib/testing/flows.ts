import { qualifiedName } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import type { Connection } from '../reachability/connections';
import { INTERNET_IPV4, INTERNET_IPV6 } from '../reachability/internet';
import type { Party } from '../reachability/parties';

/** Traffic from one workload or set of addresses to another. */
export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly ports: PortSet;
}

/** The qualified name of a workload, or addresses. */
export type FlowEnd = string | IpSet;

/** A connection between two workloads, or a workload and addresses, as a flow. */
export function flowOf({ from, to, ports }: Connection): Flow {
  return { from: endOf(from), to: endOf(to), ports };
}

/** What an end of a question stands for; everything that is no range of addresses is a name. */
export function flowEnd(text: string): FlowEnd {
  if (text === 'internet') {
    return INTERNET_IPV4.or(INTERNET_IPV6);
  }
  const set = IpSet.ofAddress(text) ?? IpSet.ofCidrs([text]);
  return set.isEmpty ? text : set;
}

/** What is left of a flow without another. */
export function without(flow: Flow, other: Flow): Flow[] {
  const from = meet(flow.from, other.from);
  const to = meet(flow.to, other.to);
  if (from === undefined || to === undefined) {
    return [flow];
  }
  const left = [
    ...(from.left === undefined ? [] : [{ ...flow, from: from.left }]),
    ...(to.left === undefined ? [] : [{ ...flow, from: from.shared, to: to.left }]),
    { from: from.shared, to: to.shared, ports: flow.ports.without(other.ports) },
  ];
  return left.filter(({ ports }) => !ports.isEmpty);
}

export function describeFlow({ from, to, ports }: Flow): string {
  return `${from} to ${to} on ${ports}`;
}

/** What two ends share, and what the first has beyond it. */
function meet(end: FlowEnd, other: FlowEnd): { shared: FlowEnd; left?: FlowEnd } | undefined {
  if (typeof end === 'string' || typeof other === 'string') {
    return end === other ? { shared: end } : undefined;
  }
  const shared = end.and(other);
  const left = end.without(other);
  return shared.isEmpty ? undefined : left.isEmpty ? { shared } : { shared, left };
}

function endOf({ workloads, addresses }: Party): FlowEnd {
  return workloads === undefined
    ? addresses
    : workloads.map(({ workload }) => qualifiedName(workload)).join();
}
