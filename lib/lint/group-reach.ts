import type { PolicyEntry, Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { Labels } from '../model/labels';
import type { PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import { openPortsFor } from '../reachability/judging/fold-tiers';
import type { Group } from '../reachability/judging/groups';
import type { NamedHosts } from '../reachability/judging/named-hosts';
import type { PossiblePart } from '../reachability/judging/possible-rows';
import type { Selection } from '../reachability/judging/selection';
import type { World } from '../reachability/judging/world';
import { Bits } from '../reachability/sets/bits';
import type { PortPart, SetLike } from '../reachability/sets/port-map';
import type { Unit } from '../reachability/sets/units';
import { WorkloadSet } from '../reachability/sets/workload-set';

/**
 * Workloads whose own policies let them exchange the same with the same others in one direction: a row of the evaluator,
 * and those for whom it holds. What is in doubt counts as open.
 */
export class GroupReach {
  public readonly direction: PolicyType;
  public readonly isolated: Tristate;
  private readonly first: Unit;

  public constructor(
    private readonly world: World,
    private readonly group: Group,
    private readonly units: readonly Unit[],
    private readonly hosts: NamedHosts,
  ) {
    this.direction = group.direction;
    this.isolated = group.isolated;
    this.first = units[0] as Unit;
  }

  /** Those that are declared, each once, in the order of the cluster's workloads. */
  public get workloads(): readonly Workload[] {
    return [...new Set(this.units.map(({ workload }) => workload))].filter(({ assumed }) => assumed !== true);
  }

  /** The policies that concern them, or may, sorted by namespace and name; those that could be read. */
  public get policies(): readonly PolicyEntry[] {
    return this.holding.flatMap(({ policy }) => policy.entry ?? []);
  }

  /** Whether the rules of {@link policies} are all that opens something. */
  public get isCertain(): boolean {
    return this.holding.every(({ holds, policy }) => holds === 'yes' && policy.entry !== undefined);
  }

  /** The ports open with some of these workloads. */
  public openWith(others: WorkloadSet): PortSet {
    return openIn(this.row.units, others.units);
  }

  /** The workloads with whom some of these ports are open. */
  public openOn(ports: PortSet): WorkloadSet {
    const { index } = this.world;
    const open = this.row.units.filter((part) => part.ports.possible.overlaps(ports));
    return new WorkloadSet(
      index,
      open.reduce((all, { set }) => all.or(set), Bits.NONE),
    );
  }

  /**
   * The ports open with some pods of a namespace that carry some labels: those that are declared. Where none is, pods
   * that no manifest tells of and that may carry other labels, too.
   *
   * @param pods.labels left out: any pod of the namespace
   */
  public openWithPods({
    namespace,
    labels = {},
  }: {
    readonly namespace: string;
    readonly labels?: Labels;
  }): PortSet {
    const pods = { namespaces: namespace, pods: { matchLabels: labels } };
    const { index, peers, possibleRows } = this.world;
    const declared = peers.select(pods).specified.possible.without(index.assumed);
    if (!declared.isEmpty) {
      return openIn(this.row.units, declared);
    }
    const set = PodSet.of(pods);
    return set === undefined
      ? PortSet.NONE
      : possibleRows.open(this.group, this.first.ports, set, 'some').possible;
  }

  /** The sets of pods that no manifest tells of and that the rules mean, and the ports that are open with each set. */
  public get withPossible(): readonly PossiblePart[] {
    return this.world.possibleRows.parts(this.group, this.first.ports);
  }

  /**
   * The ports open with some of these addresses, if they are no pod's and no node's. Hosts that rules name may have any of
   * them.
   */
  public openTo(addresses: IpSet): PortSet {
    const named = this.hosts.namesIn(this.group).map((name) => this.hosts.open(name, this.group).possible);
    return PortSet.union([openIn(this.row.addresses, addresses), ...named]);
  }

  /** The ports that rules open, whether or not anybody is there whom they mean. Ingress only. */
  public get opened(): PortSet {
    return openPortsFor(
      this.world,
      this.group,
      this.first,
      ({ action, peers }) => action === 'allow' || peers === undefined,
    );
  }

  private get holding(): readonly Selection[] {
    return this.group.selections.filter(({ holds }) => holds !== 'no');
  }

  private get row() {
    return this.world.rows.row(this.group, this.direction === 'Ingress' ? this.first.ports : undefined);
  }
}

function openIn<S extends SetLike<S> & (Bits | IpSet)>(parts: readonly PortPart<S>[], others: S): PortSet {
  return parts
    .filter(({ set }) => set.overlaps(others))
    .reduce((all, { ports }) => all.or(ports.possible), PortSet.NONE);
}

/** From where outside a workload's pods are reached, as far as its own policies surely say. */
export interface Admitted {
  readonly isolated: Tristate;
  /** Addresses that are no pod's and no node's, by the ports that are open for them. */
  readonly addresses: readonly { readonly set: IpSet; readonly ports: PortSet }[];
  /** The ports that are open for every node, or may be. */
  readonly nodes: PortSet;
}

export function admittedTo(world: World, group: Group, unit: Unit): Admitted {
  const addresses = world.rows
    .row(group, unit.ports)
    .addresses.filter(({ ports }) => !ports.sure.isEmpty)
    .map(({ set, ports }) => ({ set, ports: ports.sure }));
  const everyNode = nodesOf(world);
  const nodes = openPortsFor(
    world,
    group,
    unit,
    ({ peers }) =>
      peers === undefined || IpSet.union(peers.map(({ actual }) => actual.nodes.possible)).covers(everyNode),
  );
  return { isolated: group.isolated, addresses, nodes };
}

/** Where the nodes of the cluster lie: at the addresses that are known of them, else anywhere they can be. */
function nodesOf({ cluster, engine }: World): IpSet {
  const known = cluster.nodes.flatMap(({ addresses }) =>
    addresses.flatMap((each) => IpSet.ofAddress(each) ?? []),
  );
  return known.length === 0 ? engine.nodeRange : known.reduce((all, each) => all.or(each));
}
