import { append } from '../model/append';
import type { PolicyEntry, Workload } from '../model/cluster';
import { qualifiedName } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import type { NetworkPolicyPeer, PolicyType } from '../model/network-policy';
import type { Bits } from './bits';
import type { Bounds, Tristate } from './bounds';
import type { Groupings } from './connections';
import type { Group } from './groups';
import type { JudgedPolicy } from './policy';
import { findRedundancies, type Redundancies } from './redundancy';
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
  private found: Redundancies | undefined;
  private readonly judged: ReadonlyMap<string, JudgedPolicy>;

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

  /** The rules and policies that open and isolate nothing which others do not. */
  public get redundancies(): Redundancies {
    this.found ??= findRedundancies([...this.judged.values()]);
    return this.found;
  }

  private matched({ sure, possible }: Bounds<Bits>): Matched {
    const { index } = this.world;
    return { sure: new WorkloadSet(index, sure), possible: new WorkloadSet(index, possible) };
  }
}
