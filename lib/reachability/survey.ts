import { append } from '../model/append';
import type { PolicyEntry, Workload } from '../model/cluster';
import { qualifiedName } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import type { NetworkPolicyPeer, PolicyType } from '../model/network-policy';
import { remember } from '../model/remember';
import type { Bits } from './bits';
import type { Bounds, Tristate } from './bounds';
import type { Groupings } from './connections';
import type { Group } from './groups';
import { heldBy, type Opening, openingsOf } from './openings';
import type { JudgedPolicy } from './policy';
import { Reach } from './reach';
import type { Unit } from './units';
import { WorkloadSet } from './workload-set';
import type { World } from './world';

/** Workloads that the same policies concern in one direction: what holds for one of them holds for all. */
export interface Behaviour {
  readonly direction: PolicyType;
  readonly isolated: Tristate;
  readonly workloads: readonly Workload[];
  /** The policies that isolate them, or may, sorted by namespace and name; those that could be read. */
  readonly policies: readonly PolicyEntry[];
}

/** What selectors match: surely, and in some case of what is not known. */
export interface Matched {
  readonly sure: WorkloadSet;
  readonly possible: WorkloadSet;
}

/** Whom the entries of a cluster's policies mean, for judgements of the policies themselves. */
export class Survey {
  private readonly judged: ReadonlyMap<string, JudgedPolicy>;
  private readonly reachesBy = new Map<PolicyType, readonly (Reach | undefined)[]>();
  private unitsBy: Map<Workload, number[]> | undefined;

  public constructor(
    private readonly world: World,
    policies: readonly JudgedPolicy[],
    private readonly groupings: Groupings,
  ) {
    this.judged = new Map(policies.map((policy) => [qualifiedName(policy), policy]));
  }

  /** Every workload once for each direction, with those that are treated like it. */
  public behaviours(direction: PolicyType): Behaviour[] {
    const members = new Map<Group, Workload[]>();
    for (const { index, workload } of this.world.index.units) {
      if (!workload.hostNetwork) {
        append(members, this.groupings[direction].at(index), workload);
      }
    }
    return [...members].map(([{ isolated, selections }, workloads]) => ({
      direction,
      isolated,
      workloads: [...new Set(workloads)],
      policies: selections.flatMap(({ policy, isolates }) =>
        isolates === 'no' || policy.entry === undefined ? [] : policy.entry,
      ),
    }));
  }

  /** Every workload once for each direction, with those whose ends are open to the same others. */
  public reaches(direction: PolicyType): Reach[] {
    return [...new Set(this.reachesByUnit(direction))].filter((reach) => reach !== undefined);
  }

  /** What some workloads exchange in a direction; those on their node's network are left out. */
  public reachesOf(direction: PolicyType, workloads: WorkloadSet): Reach[] {
    const byUnit = this.reachesByUnit(direction);
    const found = new Set(workloads.units.toArray().map((unit) => byUnit[unit]));
    return [...found].filter((reach) => reach !== undefined);
  }

  /** What the rules of a policy open on the cluster's engine; nothing where it is not in force. */
  public openings(policy: PolicyEntry, direction: PolicyType): Opening[] {
    const judged = this.judged.get(qualifiedName(policy));
    return judged === undefined ? [] : openingsOf(this.world, judged, direction);
  }

  /** The workloads that a policy surely holds on the cluster's engine. */
  public held(policy: PolicyEntry): WorkloadSet {
    const judged = this.judged.get(qualifiedName(policy));
    return judged === undefined ? this.setOf([]) : heldBy(this.world, judged);
  }

  /** A set of these workloads, as far as they are not over. */
  public setOf(workloads: readonly Workload[]): WorkloadSet {
    if (this.unitsBy === undefined) {
      this.unitsBy = new Map();
      for (const { index, workload } of this.world.index.units) {
        append(this.unitsBy, workload, index);
      }
    }
    const units = workloads.flatMap((workload) => this.unitsBy?.get(workload) ?? []);
    return new WorkloadSet(this.world.index, this.world.index.set(units));
  }

  /** The workloads that a policy selects by the specification, whatever the engine makes of it. */
  public selected(policy: PolicyEntry): Matched {
    const judged = this.judged.get(qualifiedName(policy));
    return this.matched(
      judged?.scope.specified ??
        this.world.peers.select(policy.namespace, policy.policy.spec?.podSelector ?? {}).specified,
    );
  }

  /** The workloads of one namespace that a selector matches by the specification. */
  public matching(namespace: string, selector: LabelSelector): Matched {
    return this.matched(this.world.peers.select(namespace, selector).specified);
  }

  /**
   * The workloads that a peer means by the specification.
   *
   * @param namespace of the policy that holds the peer
   */
  public meant(namespace: string, peer: NetworkPolicyPeer): Matched {
    return this.matched(this.world.peers.read(namespace, peer).specified.units);
  }

  private reachesByUnit(direction: PolicyType): readonly (Reach | undefined)[] {
    return remember(this.reachesBy, direction, () => {
      const { units } = this.world.index;
      const alike = new Map<Group, Map<number, Unit[]>>();
      for (const unit of units.filter(({ workload }) => !workload.hostNetwork)) {
        const group = this.groupings[direction].at(unit.index);
        const table = group.usesOwnNames ? unit.ports.id : -1;
        append(
          remember(alike, group, () => new Map<number, Unit[]>()),
          table,
          unit,
        );
      }
      const byUnit = new Array<Reach | undefined>(units.length).fill(undefined);
      for (const [group, byTable] of alike) {
        for (const members of byTable.values()) {
          const reach = new Reach(this.world, group, members);
          for (const { index } of members) {
            byUnit[index] = reach;
          }
        }
      }
      return byUnit;
    });
  }

  private matched({ sure, possible }: Bounds<Bits>): Matched {
    const { index } = this.world;
    return { sure: new WorkloadSet(index, sure), possible: new WorkloadSet(index, possible) };
  }
}
