import type { PolicyEntry, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import type { PolicyType } from '../../model/network-policy';
import type { PodSelection, TrafficPeer } from '../../model/policy-rules';
import type { JudgedCluster } from '../judging/judged-cluster';
import type { World } from '../judging/world';
import type { JudgedPolicy } from '../reading/judged-policy';
import type { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import { WorkloadSet } from '../sets/workload-set';

/** What selectors match: surely, and in some case of what is not known. */
export interface Matched {
  readonly sure: WorkloadSet;
  readonly possible: WorkloadSet;
}

/**
 * Whom the entries of a cluster's policies mean by the specification. A policy is known by the object that stands in the
 * cluster. AKS's own pods that no manifest declares are among those whom policies name.
 */
export class PolicyFacts {
  protected readonly world: World;
  protected readonly judged = new Map<PolicyEntry, JudgedPolicy>();
  private unitsBy: Map<Workload, number[]> | undefined;

  public constructor({ world, policies }: JudgedCluster) {
    this.world = world;
    for (const policy of policies) {
      if (policy.entry !== undefined) {
        this.judged.set(policy.entry, policy);
      }
    }
  }

  /** A set of these workloads, as far as they are not over. */
  public setOf(workloads: readonly Workload[]): WorkloadSet {
    const units = workloads.flatMap((workload) => this.unitsOf(workload));
    return new WorkloadSet(this.world.index, this.world.index.set(units));
  }

  /** The workloads that a policy selects by the specification, whatever the engine makes of it. */
  public selected(policy: PolicyEntry): Matched {
    const judged = this.judged.get(policy);
    return this.matched(judged?.scope.specified ?? this.world.peers.select(policy.rules.subject).specified);
  }

  /** Every workload. */
  public get everybody(): WorkloadSet {
    return new WorkloadSet(this.world.index, this.world.index.all);
  }

  /** The workloads that selectors match by the specification. */
  public matching(selection: PodSelection): Matched {
    return this.matched(this.world.peers.select(selection).specified);
  }

  /** The workloads that a peer means by the specification. */
  public meant(peer: TrafficPeer): Matched {
    return this.matched(this.world.peers.read(peer).specified.units);
  }

  /**
   * The same for an entry of a policy's rule that counts by the specification; nobody for another.
   *
   * @param rule its place among the rules of its direction
   * @param entry the place of the peer in it
   */
  public meantBy(policy: PolicyEntry, direction: PolicyType, rule: number, entry: number): Matched {
    const { none } = this.world.index;
    const read = this.judged.get(policy)?.sections[direction].specified.rules[rule]?.peers?.[entry];
    return this.matched(read?.specified.units ?? Bounds.exactly(none));
  }

  private unitsOf(workload: Workload): readonly number[] {
    if (this.unitsBy === undefined) {
      this.unitsBy = new Map();
      for (const { index, workload: each } of this.world.index.units) {
        append(this.unitsBy, each, index);
      }
    }
    return this.unitsBy.get(workload) ?? [];
  }

  private matched({ sure, possible }: Bounds<Bits>): Matched {
    const { index } = this.world;
    return { sure: new WorkloadSet(index, sure), possible: new WorkloadSet(index, possible) };
  }
}
