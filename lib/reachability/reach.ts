import type { PolicyEntry, Workload } from '../model/cluster';
import type { IpSet } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import type { Bits } from './bits';
import { openForUnknownPods } from './exposure';
import type { Group } from './groups';
import { openFor } from './open-for';
import type { Part, SetLike } from './port-map';
import type { Selection } from './selection';
import type { Unit } from './units';
import type { WorkloadSet } from './workload-set';
import type { World } from './world';

/**
 * Workloads with whom others exchange the same in one direction, as far as their own policies go: a row of the
 * evaluator and those it holds for. What is in doubt counts as open.
 */
export class Reach {
  public readonly direction: PolicyType;
  public readonly isolated: Tristate;
  private readonly first: Unit;

  public constructor(
    private readonly world: World,
    private readonly group: Group,
    private readonly units: readonly Unit[],
  ) {
    this.direction = group.direction;
    this.isolated = group.isolated;
    this.first = units[0] as Unit;
  }

  /** Each once, in the order of the cluster's workloads. */
  public get workloads(): readonly Workload[] {
    return [...new Set(this.units.map(({ workload }) => workload))];
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

  /** The ports open with some of these addresses, if they are no pod's and no node's. */
  public openTo(addresses: IpSet): PortSet {
    return openIn(this.row.addresses, addresses);
  }

  /** The ports that rules open, whether or not anybody is there whom they mean. Ingress only. */
  public get opened(): PortSet {
    return openFor(
      this.world,
      this.group,
      this.first,
      ({ action, peers }) => action === 'allow' || peers === undefined,
    );
  }

  /** The ports that a pod without labels may reach from a namespace that nobody knows yet. Ingress only. */
  public get openForUnknownPods(): PortSet {
    return openForUnknownPods(this.world, this.group, this.first);
  }

  private get holding(): readonly Selection[] {
    return this.group.selections.filter(({ holds }) => holds !== 'no');
  }

  private get row() {
    return this.world.rows.row(this.group, this.direction === 'Ingress' ? this.first.ports : undefined);
  }
}

function openIn<S extends SetLike<S> & (Bits | IpSet)>(parts: readonly Part<S>[], others: S): PortSet {
  return parts
    .filter(({ set }) => set.overlaps(others))
    .reduce((all, { ports }) => all.or(ports.possible), PortSet.NONE);
}
