import type { PolicyEntry, Workload } from '../../model/cluster';
import type { PolicyType } from '../../model/network-policy';
import type { PodSelection, TrafficPeer } from '../../model/policy-rules';
import type { JudgedCluster } from '../judging/judged-cluster';
import type { World } from '../judging/world';
import type { JudgedPolicy } from '../reading/judged-policy';
import { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import { WorkloadSet } from '../sets/workload-set';

/** The workloads that selectors match: surely, and in some case. */
export interface Matched {
  readonly sure: WorkloadSet;
  readonly possible: WorkloadSet;
}

/**
 * Whom policies of a cluster mean by the specification. Policies are the objects of the cluster. AKS's own pods that no
 * manifest declares count.
 */
export class PolicyFacts {
  protected readonly world: World;
  protected readonly judged = new Map<PolicyEntry, JudgedPolicy>();

  public constructor({ world, policies }: JudgedCluster) {
    this.world = world;
    for (const policy of policies) {
      if (policy.entry !== undefined) {
        this.judged.set(policy.entry, policy);
      }
    }
  }

  /** These workloads, without pods that are over. */
  public setOf(workloads: readonly Workload[]): WorkloadSet {
    const { index } = this.world;
    const units = workloads.flatMap((workload) => index.byWorkload.get(workload) ?? []);
    return new WorkloadSet(index, Bits.of(units.map((unit) => unit.index)));
  }

  /** The workloads that a policy selects. */
  public selected(policy: PolicyEntry): Matched {
    const judged = this.judged.get(policy);
    return this.matched(judged?.scope.specified ?? this.world.peers.select(policy.rules.subject).specified);
  }

  public get everybody(): WorkloadSet {
    return new WorkloadSet(this.world.index, this.world.index.all);
  }

  /** The workloads that selectors match. */
  public matching(selection: PodSelection): Matched {
    return this.matched(this.world.peers.select(selection).specified);
  }

  /** The workloads that a peer means. */
  public meant(peer: TrafficPeer): Matched {
    return this.matched(this.world.peers.read(peer).specified.units);
  }

  /**
   * The workloads that a peer of a policy means; none if its rule does not count by the specification.
   *
   * @param rule the place of the rule in its direction
   * @param entry the place of the peer in the rule
   */
  public meantBy(policy: PolicyEntry, direction: PolicyType, rule: number, entry: number): Matched {
    const read = this.judged.get(policy)?.sections[direction].specified.rules[rule]?.peers?.[entry];
    return this.matched(read?.specified.units ?? Bounds.exactly(Bits.NONE));
  }

  private matched({ sure, possible }: Bounds<Bits>): Matched {
    const { index } = this.world;
    return { sure: new WorkloadSet(index, sure), possible: new WorkloadSet(index, possible) };
  }
}
