import { CORE_DNS } from '../aks/system-pods';
import { IpSet } from '../model/ip-set';
import { namesHosts } from '../model/named-host';
import { PodSet } from '../model/pod-set';
import type { PodSpace } from '../model/pod-space';
import { PortSet } from '../model/port-set';
import type { Connection, Party, PossiblePods } from '../reachability/answers/parties';
import { partyIdentityOf } from '../reachability/answers/party-words';
import type { ListedConnection, ListedEnd } from './listed-connection';

/** The ports on which one workload, set of addresses or set of possible pods may send to another. */
export type Flow = Pick<Connection, 'from' | 'to' | 'ports'>;

/** The intersection of an end with a listed one, and the rest of it. */
interface Meeting {
  readonly shared: Party;
  readonly left?: Party;
}

const NAME_RESOLUTION = CORE_DNS.ports
  .map(({ port, protocol }) => PortSet.range(protocol, port))
  .reduce((all, each) => all.or(each));

export function without(flow: Flow, listed: ListedConnection, space: PodSpace): Flow[] {
  const from = meet(flow.from, listed.from, space);
  const to = meet(flow.to, listed.to, space);
  if (from === undefined || to === undefined) {
    return [flow];
  }
  const left = [
    ...(from.left === undefined ? [] : [{ ...flow, from: from.left }]),
    ...(to.left === undefined ? [] : [{ ...flow, from: from.shared, to: to.left }]),
    { from: from.shared, to: to.shared, ports: flow.ports.without(listed.portsOf(to.shared)) },
  ];
  return left.filter(({ ports }) => !ports.isEmpty);
}

/** A flow without DNS queries to AKS's CoreDNS, unless a manifest declares that. */
export function withoutNameResolution(flow: Flow): Flow[] {
  const isNameServer = flow.to.workloads?.every(
    ({ workload: { assumed, namespace, name } }) =>
      assumed === true && namespace === CORE_DNS.namespace && name === CORE_DNS.name,
  );
  const ports = isNameServer === true ? flow.ports.without(NAME_RESOLUTION) : flow.ports;
  return ports.isEmpty ? [] : [{ ...flow, ports }];
}

/** Whether a flow of possible pods includes a flow of one of AKS's own workloads. */
export function includes(wide: Flow, { from, to, ports }: Flow): boolean {
  return (
    wide.ports.covers(ports) &&
    ((isAmong(from, wide.from) && isSame(to, wide.to)) || (isAmong(to, wide.to) && isSame(from, wide.from)))
  );
}

function isAmong({ workloads }: Party, { possible }: Party): boolean {
  return (
    possible?.except.length === 0 &&
    workloads?.every(
      ({ workload: { assumed, namespace, labels } }) =>
        // Checked first, because few workloads are assumed and making sets takes time.
        assumed === true &&
        PodSet.of({ namespaces: namespace, pods: { matchLabels: labels } })?.isWithin(possible.set),
    ) === true
  );
}

function isSame(a: Party, b: Party): boolean {
  return partyIdentityOf(a) === partyIdentityOf(b);
}

function meet(party: Party, end: ListedEnd, space: PodSpace): Meeting | undefined {
  const { workloads, addresses, possible, names } = party;
  if (names !== undefined) {
    const { host } = end;
    const isNamed = host !== undefined && names.every((name) => namesHosts(host, name, 'unknown') === 'yes');
    return isNamed || end.addresses.covers(IpSet.IPV4) ? { shared: party } : undefined;
  }
  if (possible !== undefined) {
    return end.set === undefined ? undefined : meetPossible(possible, end.set, space);
  }
  if (workloads !== undefined) {
    return workloads.every(({ workload }) => end.has(workload)) ? { shared: party } : undefined;
  }
  const shared = addresses.and(end.addresses);
  const left = addresses.without(end.addresses);
  return shared.isEmpty
    ? undefined
    : { shared: { addresses: shared }, ...(left.isEmpty ? {} : { left: { addresses: left } }) };
}

function meetPossible(pods: PossiblePods, listed: PodSet, space: PodSpace): Meeting | undefined {
  const { set, except } = pods;
  // A set that lies within keeps its words.
  const both = set.isWithin(listed) ? set : set.and(listed);
  if (both === undefined || !space.remains(both, except)) {
    return undefined;
  }
  const others = [...except, listed];
  return {
    shared: { possible: both === set ? pods : { set: both, except } },
    ...(space.remains(set, others) ? { left: { possible: { ...pods, except: others } } } : {}),
  };
}
