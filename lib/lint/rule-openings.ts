import type { IpSet } from '../model/ip-set';
import { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import type { World } from '../reachability/judging/world';
import type { JudgedRule } from '../reachability/reading/judged-policy';
import { WorkloadSet } from '../reachability/sets/workload-set';

/** Whom an entry of `from` or `to` means on the cluster's engine. */
export interface OpenedPeer {
  /** The workloads, surely. */
  readonly workloads: WorkloadSet;
  /** Addresses that are no pod's and no node's, surely. */
  readonly addresses: IpSet;
}

/** What one rule of a policy opens on the cluster's engine. */
export class RuleOpening {
  public constructor(
    private readonly world: World,
    private readonly rule: JudgedRule,
  ) {}

  /** One for each entry of `from` or `to`; undefined for everybody. */
  public get peers(): readonly OpenedPeer[] | undefined {
    return this.rule.peers?.map((_, i) => this.peer(i) as OpenedPeer);
  }

  /**
   * Whether any pod is meant, whatever its labels and those of its namespace.
   *
   * @param at one entry of `from` or `to`, from 0
   */
  public meansAnyPod(at: number): boolean {
    const { peers, action } = this.rule;
    return this.world.possibleRows.isMeant(peers?.[at], action, PodSet.ANY, true) === 'yes';
  }

  /** One entry of `from` or `to`, from 0. */
  public peer(at: number): OpenedPeer | undefined {
    const peer = this.rule.peers?.[at];
    return peer === undefined
      ? undefined
      : {
          workloads: new WorkloadSet(this.world.index, peer.actual.units.sure),
          addresses: peer.actual.addresses.sure,
        };
  }

  /**
   * The ports that are open, surely.
   *
   * @param on the destinations, whose names of ports count; left out for addresses
   */
  public ports(on?: WorkloadSet): PortSet {
    const { ports } = this.rule;
    if (ports === undefined) {
      return PortSet.ALL;
    }
    if (ports.every(({ actual }) => actual.named === undefined)) {
      return this.fixed;
    }
    const { units } = this.world.index;
    const tables = new Set(on?.units.toArray().map((unit) => units[unit]?.ports));
    return PortSet.union(
      [...(on === undefined ? [undefined] : tables)].flatMap((table) =>
        ports.map(({ actual }) => this.world.ports.openOn(actual, table).sure),
      ),
    );
  }

  /** What numbers open, on every destination. */
  private get fixed(): PortSet {
    return PortSet.union((this.rule.ports ?? []).map(({ actual }) => actual.fixed.sure));
  }
}
