import type { DepartureId } from '../aks/engine-departures';
import type { Maker, PolicyEntry, Workload } from '../model/cluster';
import { append, remember, remembered } from '../model/collections';
import { IpSet } from '../model/ip-set';
import { madeWithin } from '../model/made-pods';
import type { PolicyType } from '../model/network-policy';
import type { PodSet } from '../model/pod-set';
import type { TrafficPort } from '../model/policy-rules';
import type { Tristate } from '../model/tristate';
import { PolicyFacts } from '../reachability/answers/policy-facts';
import type { Group, Groupings } from '../reachability/judging/groups';
import type { JudgedCluster } from '../reachability/judging/judged-cluster';
import type { NamedHosts } from '../reachability/judging/named-hosts';
import { PossibleGroups } from '../reachability/judging/possible-groups';
import type { Reachability } from '../reachability/reachability';
import type { JudgedPolicy } from '../reachability/reading/judged-policy';
import { PolicyIndex } from '../reachability/reading/policy-index';
import { Bits } from '../reachability/sets/bits';
import { positions, type Unit } from '../reachability/sets/units';
import { WorkloadSet } from '../reachability/sets/workload-set';
import { type Admitted, admittedTo, GroupReach } from './group-reach';
import { DepartureFinder, type PartDeparture } from './policy-departures';
import { findRedundancies, type HoldsToday, type Redundancies } from './redundancy';
import { RuleOpening } from './rule-openings';

/** Declared workloads that the same policies concern in one direction: what holds for one of them holds for all. */
export interface Behaviour {
  readonly direction: PolicyType;
  readonly isolated: Tristate;
  readonly workloads: readonly Workload[];
  /** The policies that concern them, or may, sorted by namespace and name; those that could be read. */
  readonly policies: readonly PolicyEntry[];
  /** Whether others may concern them that could not be read or are not judged. */
  readonly mayBeMore: boolean;
}

/** Whom an end of a question stands for. */
export interface MeantByEnd {
  /** The known ones; also where the end means one pod of several. */
  readonly workloads: WorkloadSet;
  /** Addresses that are no pod's and no node's. */
  readonly addresses: IpSet;
  /** Set where pods are meant by their labels: those that no manifest tells of are among them. */
  readonly set?: PodSet;
}

/**
 * What a cluster's engine makes of its policies, for judgements of the policies themselves. Of what holds for workloads,
 * only the declared ones are listed.
 */
export class ClusterFacts extends PolicyFacts {
  private firstUnits: ReadonlyMap<Workload, Unit> | undefined;
  private readonly reachesBy = new Map<PolicyType, readonly (GroupReach | undefined)[]>();
  private readonly groupings: Groupings;
  private readonly names: NamedHosts;
  private readonly possible: PossibleGroups;
  private readonly finder: DepartureFinder;
  private readonly everyPolicy: readonly JudgedPolicy[];

  public constructor(cluster: JudgedCluster) {
    super(cluster);
    this.everyPolicy = cluster.policies;
    this.groupings = cluster.groupings;
    this.names = cluster.names;
    this.possible =
      cluster.possible ?? new PossibleGroups(this.world.possible, PolicyIndex.of(cluster.policies));
    this.finder = new DepartureFinder(this.world);
  }

  /** Every declared workload once for each direction, with those that are treated like it. */
  public behaviours(direction: PolicyType): Behaviour[] {
    const members = new Map<Group, Workload[]>();
    for (const { index, workload } of this.world.index.units) {
      if (!workload.hostNetwork && workload.assumed !== true) {
        append(members, this.groupings[direction].at(index), workload);
      }
    }
    return [...members].map(([{ isolated, selections }, workloads]) => {
      const policies = selections.flatMap(({ policy, holds }) => (holds === 'no' ? [] : policy));
      return {
        direction,
        isolated,
        workloads: [...new Set(workloads)],
        policies: policies.flatMap(({ entry }) => entry ?? []),
        mayBeMore: policies.some(({ entry }) => entry === undefined),
      };
    });
  }

  /** Every declared workload once for each direction, with those whose ends are open to the same others. */
  public reaches(direction: PolicyType): GroupReach[] {
    return this.reachesOf(direction, this.everybody.declared);
  }

  /** What some workloads exchange in a direction; those on their node's network are left out. */
  public reachesOf(direction: PolicyType, workloads: WorkloadSet): GroupReach[] {
    const byUnit = this.reachesByUnit(direction);
    const found = new Set<GroupReach>();
    for (const unit of workloads.units.toArray()) {
      const reach = byUnit[unit];
      if (reach !== undefined) {
        found.add(reach);
      }
    }
    return [...found];
  }

  /** Whether policies isolate all of some workloads in a direction, surely. */
  public areIsolated(direction: PolicyType, workloads: WorkloadSet): boolean {
    const grouping = this.groupings[direction];
    return workloads.units.every((unit) => grouping.at(unit).isolated === 'yes');
  }

  /** Whether policies isolate each pod of a set that no manifest tells of in a direction. */
  public arePossibleIsolated(direction: PolicyType, set: PodSet): Tristate {
    return this.possible.areIsolated(set, direction);
  }

  /** Whether some pod that no manifest tells of is in a set and in none of the others. */
  public remains(set: PodSet, without: readonly PodSet[]): boolean {
    return this.world.possible.space.remains(set, without);
  }

  /**
   * Whether some pod of a set that no manifest tells of may come of an object from which somebody makes pods.
   *
   * @param by the objects that count. @default all
   */
  public mayBeMade(set: PodSet, by: (maker: Maker) => boolean = () => true): boolean {
    return (this.world.cluster.makers ?? []).some((maker) => {
      const made = by(maker) ? madeWithin(set, maker) : undefined;
      return made !== undefined && this.remains(made, []);
    });
  }

  /**
   * Whom an end of a question stands for; nodes are left out.
   *
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`
   */
  public meantByEnd(end: string): MeantByEnd {
    const { points, set } = this.world.ends.find(end);
    const units = points.flatMap((point) => (point.kind === 'pods' ? [point.unit.index] : []));
    // Which pod of a set one is, nobody knows.
    const isOfSet = points.every((point) => point.kind !== 'possible' || point.quantifier !== 'one');
    return {
      workloads: new WorkloadSet(this.world.index, Bits.of(units)),
      addresses: points.reduce(
        (all, point) => (point.kind === 'addresses' ? all.or(point.set) : all),
        IpSet.NONE,
      ),
      ...(set !== undefined && isOfSet ? { set } : {}),
    };
  }

  /**
   * What a rule of a policy opens on the cluster's engine; undefined where it is not in force, and for one that allows
   * nothing.
   *
   * @param index its place in `ingress` or `egress`
   */
  public opening(policy: PolicyEntry, direction: PolicyType, index: number): RuleOpening | undefined {
    const judged = this.judged.get(policy);
    const rule =
      judged?.inForce.actual === 'yes' ? judged.sections[direction].actual.rules[index] : undefined;
    return rule?.action === 'allow' ? new RuleOpening(this.world, rule) : undefined;
  }

  /** The declared workloads that a policy surely holds on the cluster's engine. */
  public held(policy: PolicyEntry): WorkloadSet {
    const { index } = this.world;
    return new WorkloadSet(index, this.judged.get(policy)?.scope.actual.sure ?? Bits.NONE).declared;
  }

  /** The parts of a policy that the engine reads otherwise than the specification. */
  public departures(policy: PolicyEntry): readonly PartDeparture[] {
    const judged = this.judged.get(policy);
    // No specification tells of the policies of other kinds.
    return judged === undefined || judged.isOfOtherKind === true ? [] : this.finder.of(judged);
  }

  /** From where outside a workload is reached on the engine; undefined for one that is over. */
  public admitted(workload: Workload): Admitted | undefined {
    // Units of one workload differ in whom they reach, and never in who isolates them.
    this.firstUnits ??= new Map([...this.world.index.units].reverse().map((unit) => [unit.workload, unit]));
    const unit = this.firstUnits.get(workload);
    return unit && admittedTo(this.world, this.groupings.Ingress.at(unit.index), unit);
  }

  /** The names of the first so many nodes that are known to have an address in a set. */
  public nodesIn(addresses: IpSet, count: number): readonly string[] {
    return addresses.isEmpty
      ? []
      : this.world.cluster.nodes
          .filter((node) => positions(node.addresses)?.some((each) => addresses.has(each)))
          .slice(0, count)
          .map(({ name }) => name);
  }

  /** Whether the engine leaves the specification in a certain way. */
  public does(id: DepartureId): Tristate {
    return this.world.engine.does(id);
  }

  /**
   * The numbers that pods of the whole cluster give a port's name, as the engine sees them: each once, ascending. AKS's
   * own pods that no manifest declares are not among them.
   */
  public numbersInCluster({ port, protocol }: TrafficPort): readonly number[] {
    const { sure } = this.world.ports.numbersInCluster(String(port), protocol);
    return [...sure].sort((a, b) => a - b);
  }

  /** Where the address of a pod lies when it is not known. */
  public get podRange(): IpSet {
    return this.world.engine.podRange;
  }

  /** Whether some pod or node, or the range of pods, is known to have IPv6 addresses. */
  public get isDualStack(): boolean {
    return this.world.isDualStack;
  }

  /**
   * The rules and policies that open and isolate nothing but what others open and isolate, too.
   *
   * @param holdsToday whether a rule means nobody but declared workloads, so that what holds for them is enough
   */
  public redundancies(holdsToday: HoldsToday): Redundancies {
    return findRedundancies(this.everyPolicy, holdsToday, this.everybody.declared.units);
  }

  private reachesByUnit(direction: PolicyType): readonly (GroupReach | undefined)[] {
    return remember(this.reachesBy, direction, () => {
      const { units } = this.world.index;
      const groupOf = ({ index }: Unit) => this.groupings[direction].at(index);
      const alike = new Map<number, Unit[]>();
      for (const unit of units) {
        if (!unit.workload.hostNetwork) {
          // There are no more port tables than units.
          const group = groupOf(unit);
          const table = group.dependsOn(unit.ports) ? unit.ports.id + 1 : 0;
          append(alike, group.id * (units.length + 1) + table, unit);
        }
      }
      const byUnit = new Array<GroupReach | undefined>(units.length).fill(undefined);
      for (const members of alike.values()) {
        const reach = new GroupReach(this.world, groupOf(members[0] as Unit), members, this.names);
        for (const { index } of members) {
          byUnit[index] = reach;
        }
      }
      return byUnit;
    });
  }
}

/** What the rules know of a judged cluster, worked out once for all of them. */
export const factsOf = remembered((reachability: Reachability) => new ClusterFacts(reachability.judged));
