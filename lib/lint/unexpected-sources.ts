import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { append, appendAll } from '../model/collections';
import { defined } from '../model/defined';
import type { IpSet } from '../model/ip-set';
import { isBlankSelector } from '../model/label-selector';
import { PodSet } from '../model/pod-set';
import { describeSelector } from '../model/policy-text';
import { PortSet } from '../model/port-set';
import { readPort } from '../model/port-text';
import type { Party } from '../reachability/answers/parties';
import { nameOfMember, type PartyWords } from '../reachability/answers/party-words';
import { INTERNET } from '../reachability/sets/internet';
import type { LintContext } from './context';
import type { OnlyFromExpectation } from './judged-expectations';
import { Listed, workloadsMeant } from './listed';
import { describePorts, endIn } from './words';

/** Somebody who reaches a workload and is not listed. */
export interface Intruder {
  readonly who: Party;
  /** An end of a question that stands for them, if there is one. */
  readonly end: string | undefined;
  readonly ports: PortSet;
  readonly certain: boolean;
}

interface Found extends Intruder {
  /** The set of pods, where no manifest tells of them. */
  readonly set?: PodSet;
  /** The same for a pod of AKS's own. */
  readonly assumed?: PodSet;
}

/**
 * Everybody but those listed who reaches an end, or may: workloads, addresses, and pods that no manifest tells of. Its
 * own pods are not meant, and nodes are not listed.
 */
export function intrudersOf(expectation: OnlyFromExpectation, context: LintContext): Intruder[] {
  const { to, from } = expectation;
  const asked = askedPorts(expectation, context);
  const listed = new Listed(from, to, context);
  const found: Found[] = [];
  for (const connection of connectionsTo(to, listed, context)) {
    const ports = connection.ports.and(asked);
    const certain = connection.verdict === 'allowed';
    const others = ports.isEmpty ? [] : unlisted(connection.from, listed);
    appendAll(
      found,
      others.map((other) => ({ ...other, ports, certain })),
    );
  }
  return found.filter((each) => !found.some((other) => says(other, each, context)));
}

/** Whether an intruder need not be told: it is a pod of AKS's own, and a set that is told holds pods with its labels. */
function says(wide: Found, { assumed, ports, certain }: Found, { facts }: LintContext): boolean {
  return (
    assumed !== undefined &&
    wide.set !== undefined &&
    (wide.certain || !certain) &&
    wide.ports.covers(ports) &&
    !facts.remains(assumed, [wide.set])
  );
}

/** `shop/batch on 5432/TCP; every workload of namespace shop and the internet on every port`. */
export function describeIntruders(intruders: readonly Intruder[], words: PartyWords): string {
  const byPorts = new Map<string, Intruder[]>();
  for (const intruder of intruders) {
    append(byPorts, intruder.ports.key, intruder);
  }
  return [...byPorts.values()]
    .map((alike) => {
      const { ports } = alike[0] as Intruder;
      return `${words.parties(joined(alike.map(({ who }) => who)))} on ${describePorts(ports)}`;
    })
    .join('; ');
}

/** All workloads as one party, each once although it may get in by several ways. */
function joined(parties: readonly Party[]): readonly Party[] {
  const members = parties.flatMap(({ workloads = [] }) => workloads);
  const byName = new Map(members.map((member) => [nameOfMember(member), member]));
  const others = parties.filter(({ workloads }) => workloads === undefined);
  return [...(byName.size === 0 ? [] : [{ workloads: [...byName.values()] }]), ...others];
}

/**
 * All that reaches an end. Pods that no manifest tells of are left out where they get in only by an IP block that is listed.
 */
function connectionsTo(to: string, listed: Listed, { reachability, cluster }: LintContext) {
  const changed = new Set(cluster.policies.filter((each) => listed.withoutBlocks(each)).map(nameOfPolicy));
  // To put one policy replaces all of its name, so that the others of that name are put, too.
  const put = cluster.policies
    .filter((each) => changed.has(nameOfPolicy(each)))
    .map((each) => listed.withoutBlocks(each) ?? each);
  const bare = put.length === 0 ? reachability : reachability.with({ put });
  const known = [...reachability.connections({ to })].filter(({ from }) => from.possible === undefined);
  return [...known, ...[...bare.connections({ to })].filter(({ from }) => from.possible !== undefined)];
}

const nameOfPolicy = ({ namespace, name }: PolicyEntry) => `${namespace ?? ''}/${name}`;

function unlisted(
  { workloads, addresses, possible }: Party,
  listed: Listed,
): Pick<Found, 'who' | 'end' | 'set' | 'assumed'>[] {
  if (possible !== undefined) {
    const rest = listed.rest(possible);
    return rest === undefined ? [] : [{ who: { possible: rest }, end: endOf(rest.set), set: rest.set }];
  }
  if (addresses !== undefined) {
    const set = listed.others(addresses);
    return set.isEmpty ? [] : [{ who: { addresses: set }, end: endAmong(set) }];
  }
  return (workloads ?? [])
    .filter((member) => !listed.has(member))
    .map((member) => ({
      who: { workloads: [member] },
      end: qualifiedName(member.workload),
      ...defined({ assumed: member.workload.assumed && labelledLike(member.workload) }),
    }));
}

function labelledLike({ namespace, labels }: Workload): PodSet | undefined {
  return PodSet.of({ namespaces: namespace, pods: { matchLabels: labels } });
}

/** `any`, `shop/app=web`, `*\/app=web`; undefined for pods that no end means. */
function endOf({ namespace, namespaceSelector, podSelector }: PodSet): string | undefined {
  if (!isBlankSelector(namespaceSelector)) {
    return undefined;
  }
  const labels = describeSelector(podSelector) || '*';
  return namespace === undefined && labels === '*' ? 'any' : `${namespace ?? '*'}/${labels}`;
}

function endAmong(set: IpSet): string | undefined {
  const [range] = set.intervals();
  return set.overlaps(INTERNET) ? 'internet' : range && endIn(range);
}

/** The ports that an expectation asks for. A name stands for what the pods declare. */
function askedPorts({ to, port }: OnlyFromExpectation, context: LintContext): PortSet {
  const asked = port === undefined ? { ports: PortSet.ALL } : readPort(port);
  return 'ports' in asked
    ? asked.ports
    : PortSet.union(
        workloadsMeant(to, context)
          .flatMap(({ ports }) => ports)
          .filter(({ name, protocol }) => name === asked.name && (asked.protocol ?? protocol) === protocol)
          .map((each) => PortSet.range(each.protocol, each.port)),
      );
}
