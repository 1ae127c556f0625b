import { qualifiedName, type Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import { PortSet } from '../model/port-set';
import { readPort } from '../model/port-text';
import { INTERNET_IPV4, INTERNET_IPV6 } from '../reachability/internet';
import type { Party } from '../reachability/parties';
import type { LintContext } from './context';
import type { OnlyFromExpectation } from './expectations';
import { describePorts, endIn, listWords } from './words';

/** Somebody who reaches a workload and is not listed. */
export interface Intruder {
  /** In words. */
  readonly who: string;
  /** An end of a question that stands for them; undefined for pods that nobody knows yet. */
  readonly end: string | undefined;
  readonly ports: PortSet;
  readonly certain: boolean;
}

const INTERNET = INTERNET_IPV4.or(INTERNET_IPV6);

/**
 * Everybody but those listed who reaches an end, or may: workloads, addresses, and pods of namespaces that
 * nobody knows yet. Its own pods are not meant, and nodes are not listed.
 */
export function intrudersOf(expectation: OnlyFromExpectation, context: LintContext): Intruder[] {
  const { to, from } = expectation;
  const asked = askedPorts(expectation, context);
  const listed = from.reduce((all, each) => all.or(addressesOf(each)), IpSet.NONE);
  const workloads = meant(to, context);
  const names = [to, ...workloads.map(qualifiedName), ...from];
  const found: Intruder[] = [];
  for (const connection of context.reachability.connections({ to })) {
    const ports = connection.ports.and(asked);
    const certain = connection.verdict === 'allowed';
    const others = ports.isEmpty ? [] : unlisted(connection.from, names, listed);
    found.push(...others.map((other) => ({ ...other, ports, certain })));
  }
  for (const reach of context.survey.reachesOf('Ingress', context.survey.setOf(workloads))) {
    const ports = reach.openForUnknownPods.and(asked);
    if (!ports.isEmpty) {
      const certain = reach.isolated !== 'unknown' && reach.isCertain;
      found.push({ who: 'pods of any other namespace', end: undefined, ports, certain });
    }
  }
  return found;
}

/** `shop/batch on 5432/TCP, the internet on every port and 2 more`. */
export function describeIntruders(intruders: readonly Intruder[]): string {
  return listWords([...new Set(intruders.map(({ who, ports }) => `${who} on ${describePorts(ports)}`))]);
}

function unlisted({ workloads, addresses }: Party, names: readonly string[], listed: IpSet) {
  if (workloads === undefined) {
    const set = addresses.without(listed);
    return set.isEmpty ? [] : [describeAddresses(set)];
  }
  return workloads
    .filter(({ workload, pods }) => {
      const isListed = (name: string) => names.includes(`${workload.namespace}/${name}`);
      return !isListed(workload.name) && (pods === undefined || !pods.every(isListed));
    })
    .map(({ workload }) => ({ who: qualifiedName(workload), end: qualifiedName(workload) }));
}

function describeAddresses(set: IpSet): Pick<Intruder, 'who' | 'end'> {
  if (set.covers(INTERNET_IPV4)) {
    return { who: 'the internet', end: 'internet' };
  }
  const [range] = set.intervals();
  return {
    who: listWords(set.ranges()),
    end: set.overlaps(INTERNET) ? 'internet' : range && endIn(range),
  };
}

function addressesOf(end: string): IpSet {
  return end === 'internet' ? INTERNET : (IpSet.ofAddress(end) ?? IpSet.ofCidrs([end]));
}

/** The workloads that an end means, as a whole or by one of their pods. */
function meant(end: string, { cluster }: LintContext): Workload[] {
  return cluster.workloads.filter(
    (workload) =>
      qualifiedName(workload) === end ||
      workload.pods.some(({ name }) => qualifiedName({ namespace: workload.namespace, name }) === end),
  );
}

/** A name stands for what the pods declare. */
function askedPorts({ to, port }: OnlyFromExpectation, context: LintContext): PortSet {
  const asked = port === undefined ? { ports: PortSet.ALL } : readPort(port);
  return 'ports' in asked
    ? asked.ports
    : meant(to, context)
        .flatMap(({ ports }) => ports)
        .filter(({ name, protocol }) => name === asked.name && (asked.protocol ?? protocol) === protocol)
        .reduce((all, each) => all.or(PortSet.range(each.protocol, each.port)), PortSet.NONE);
}
