import { portSnippet } from '../codegen/snippets';
import { formatAddress, formatCidr } from '../model/cidr';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import type { AddressRange } from '../model/ip-set';
import type { PodSelection } from '../model/policy-rules';
import { describePods } from '../model/policy-text';
import { PortSet } from '../model/port-set';
import { count, listWords } from '../model/word-list';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import { portEntries } from './pieces';

/** `any pod of namespace shop (2 known workloads)` */
export function whoIsMeant(selection: PodSelection, { declared }: WorkloadSet): string {
  return `${describePods(selection)} (${count(declared.list().length, 'known workload')})`;
}

/** `every port`, `80/TCP, 443/TCP`. */
export function describePorts(ports: PortSet): string {
  return ports.isAll ? 'every port' : String(ports);
}

/** Its first range, `53/UDP`; `*` of all ports. */
export function firstPorts(ports: PortSet): string {
  const [range] = ports.isAll ? [] : ports.ranges();
  return String(range === undefined ? ports : PortSet.range(range.protocol, range.first, range.last));
}

/** `app=orders (web and api carry it)` */
export function carriedBy(key: string, value: string, carriers: readonly string[]): string {
  return `${key}=${value} (${listWords(carriers)} ${carriers.length === 1 ? 'carries' : 'carry'} it)`;
}

/** A range as an end of a question: where it is no CIDR, its first address stands for it. */
export function endIn({ family, first, prefixLength }: AddressRange): string {
  return prefixLength === undefined
    ? formatAddress(family, first)
    : formatCidr({ family, first, prefixLength });
}

/** Ports as an argument of a rule, unless they are all: `[Port.tcp(80), Port.udpRange(8000, 8100), Port.allSctp()]`. */
export function portsCode(ports: PortSet): string {
  return `[${portEntries(ports).map(portSnippet).join(', ')}]`;
}

/** `policy shop/a lets`, `policies shop/a and shop/b let`. */
export function whatPoliciesDo(policies: readonly PolicyEntry[], one: string, several: string): string {
  const names = listWords(policies.map(qualifiedName));
  return policies.length === 1 ? `policy ${names} ${one}` : `policies ${names} ${several}`;
}
