import { appendAll, remember } from '../../model/collections';
import { OPPOSITE, type PolicyType } from '../../model/network-policy';
import type { Alike, AlikeByDirection } from '../judging/alike';
import type { Groupings } from '../judging/groups';
import type { PortVerdict } from '../judging/opened';
import type { World } from '../judging/world';
import type { Bits } from '../sets/bits';
import type { ConnectionFilter } from './parties';

/**
 * The pods that AKS runs and that no manifest declares, in a list. One that no policy isolates is told only where it may
 * do what `any pod` may not; one that policies isolate, and one that was asked for, is told as any other.
 */
export class Platform {
  private readonly quiet: Readonly<Record<PolicyType, Bits>>;

  public constructor(
    private readonly world: World,
    private readonly groupings: Groupings,
    { from, to }: ConnectionFilter,
  ) {
    this.quiet = {
      Egress: this.quietIn('Egress', from),
      Ingress: this.quietIn('Ingress', to),
    };
  }

  /** The units of a side that are told as they are. */
  public others(direction: PolicyType, units: Bits): Bits {
    return units.without(this.quiet[direction]);
  }

  /** What the others exchange with the platform and not with any pod. */
  public *rows({ Ingress, Egress }: AlikeByDirection, from: Bits, to: Bits) {
    const { index } = this.world;
    for (const { near, far, ...open } of this.beyondAnybody('Egress', Egress, to)) {
      yield { senders: index.set(near), receivers: far.toArray(), ...open };
    }
    for (const { near, far, ...open } of this.beyondAnybody('Ingress', Ingress, from)) {
      yield { senders: far, receivers: near, ...open };
    }
  }

  /**
   * What some units leave open with the platform and not with any pod, in one direction. In the other one only what could
   * not be read may isolate the platform. What is in doubt because of labels alone, of a namespace that nobody
   * declares, is told of the pods that have them.
   */
  private beyondAnybody(direction: PolicyType, units: readonly Alike[], others: Bits): Iterable<Beyond> {
    const { possibleRows, rows, index } = this.world;
    const opposite = OPPOSITE[direction];
    const quiet = others.and(this.quiet[opposite]);
    const inDoubt = index.set(quiet.toArray().filter((unit) => this.mayBeIsolated(opposite, unit)));
    const found = new Map<string, Beyond>();
    for (const { group, table, members } of quiet.isEmpty ? [] : units) {
      for (const { set, ports } of group.tiers.length === 0 ? [] : rows.row(group, table).units) {
        const { sure } = ports;
        const far = sure.isEmpty ? index.none : set.and(quiet);
        if (far.isEmpty || possibleRows.forAnybody(group, table).sure.covers(sure)) {
          continue;
        }
        for (const [some, verdict] of [
          [far.without(inDoubt), 'allowed'],
          [far.and(inDoubt), 'unknown'],
        ] as const) {
          if (!some.isEmpty) {
            const row: Beyond = { near: [], far: some, ports: sure, verdict };
            appendAll(remember(found, `${sure.key} ${some.toArray()}`, () => row).near, members);
          }
        }
      }
    }
    return found.values();
  }

  /** Whether something that could not be read may isolate a unit. */
  private mayBeIsolated(direction: PolicyType, unit: number): boolean {
    return this.groupings[direction].at(unit).isolated !== 'no';
  }

  private quietIn(direction: PolicyType, asked: string | undefined): Bits {
    const { assumed, none } = this.world.index;
    return asked === undefined || asked === 'any'
      ? this.world.index.set(
          assumed.toArray().filter((unit) => !this.groupings[direction].at(unit).hasIsolatingPolicy),
        )
      : none;
  }
}

/** What some units leave open with others. */
interface Beyond extends PortVerdict {
  readonly near: number[];
  readonly far: Bits;
}
