import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { PodSet } from '../model/pod-set';
import type { TrafficPeer } from '../model/policy-rules';
import type { Member, PossiblePods } from '../reachability/answers/parties';
import { INTERNET } from '../reachability/sets/internet';
import type { LintContext } from './context';

/** Everybody whom the ends of an expectation list. */
export class Listed {
  private readonly names: Set<string>;
  private readonly addresses: IpSet;
  private readonly sets: readonly PodSet[];

  /**
   * @param to the destination, whose own pods count as listed
   * @throws NetworkPolicyError `end-unreadable`, `end-unknown`
   */
  public constructor(
    from: readonly string[],
    to: string,
    private readonly context: LintContext,
  ) {
    const all = [...from, to].map((end) => ({ end, ...context.facts.meantByEnd(end) }));
    this.names = new Set(
      all.flatMap(({ end, set, workloads }) =>
        // One pod stands for itself alone. A pod of the destination stands for all of its workload.
        set !== undefined || end === to ? [end, ...workloads.list().map(qualifiedName)] : [end],
      ),
    );
    this.addresses = all
      .slice(0, from.length)
      .reduce((sum, { end, addresses }) => sum.or(end === 'internet' ? INTERNET : addresses), IpSet.NONE);
    this.sets = all.flatMap(({ set }) => set ?? []);
  }

  /** The addresses that nobody lists. */
  public others(addresses: IpSet): IpSet {
    return addresses.without(this.addresses);
  }

  /** A policy without the IP blocks of its ingress rules that are listed; undefined where there are none. */
  public withoutBlocks(policy: PolicyEntry): PolicyEntry | undefined {
    const { ingress } = policy.rules;
    const isListed = (peer: TrafficPeer) => {
      const block = peer.kind === 'addresses' ? IpSet.ofBlock(peer) : IpSet.NONE;
      return !block.isEmpty && this.addresses.covers(block);
    };
    if (this.addresses.isEmpty || !ingress.rules.some(({ peers }) => peers?.some(isListed))) {
      return undefined;
    }
    const rules = ingress.rules.map((rule) =>
      rule.peers === undefined ? rule : { ...rule, peers: rule.peers.filter((peer) => !isListed(peer)) },
    );
    return { ...policy, rules: { ...policy.rules, ingress: { ...ingress, rules } } };
  }

  public has({ workload, pods }: Member): boolean {
    const isListed = (name: string) => this.names.has(`${workload.namespace}/${name}`);
    return isListed(workload.name) || pods?.every(isListed) === true;
  }

  /** Those of a set of pods that are not listed; undefined where all are. */
  public rest({ set, except, ...more }: PossiblePods): PossiblePods | undefined {
    const listed = this.sets.filter((each) => set.and(each) !== undefined);
    const without = [...except, ...listed];
    return this.context.facts.remains(set, without) ? { set, except: without, ...more } : undefined;
  }
}

/** Each workload that an end means, as a whole or by one of its pods. */
export function workloadsMeant(end: string, { facts }: LintContext): readonly Workload[] {
  return facts.meantByEnd(end).workloads.list();
}
