import { appendAll, remember } from '../../model/collections';
import { OPPOSITE, type PolicyType } from '../../model/network-policy';
import type { AlikeByDirection, AlikeUnits } from '../judging/alike-units';
import type { Groupings } from '../judging/groups';
import type { World } from '../judging/world';
import { Bits } from '../sets/bits';
import type { PortVerdict } from '../sets/port-map';

/**
 * AKS's own pods that no manifest declares, in a list of connections. A pod that no policy isolates has rows only for
 * what `any pod` may not do. A pod that policies isolate, or that was asked for, has rows like any other.
 */
export class PlatformRows {
  private readonly quiet: Readonly<Record<PolicyType, Bits>>;

  public constructor(
    private readonly world: World,
    private readonly groupings: Groupings,
    { from, to }: { readonly from?: string; readonly to?: string },
  ) {
    this.quiet = {
      Egress: this.quietIn('Egress', from),
      Ingress: this.quietIn('Ingress', to),
    };
  }

  /** The units of a side that have rows like any other. */
  public others(direction: PolicyType, units: Bits): Bits {
    return units.without(this.quiet[direction]);
  }

  /** What these units exchange with the platform, and not with any pod. */
  public *rows({ Ingress, Egress }: AlikeByDirection, from: Bits, to: Bits) {
    for (const { near, far, ...open } of this.beyondAnybody('Egress', Egress, to)) {
      yield { senders: Bits.of(near), receivers: far.toArray(), ...open };
    }
    for (const { near, far, ...open } of this.beyondAnybody('Ingress', Ingress, from)) {
      yield { senders: far, receivers: near, ...open };
    }
  }

  /**
   * What some units leave open with the platform, and not with any pod, in one direction. In the other direction only
   * policies that nobody has read may isolate the platform. Doubts about labels of an undeclared namespace have rows
   * of the possible pods with these labels.
   */
  private beyondAnybody(direction: PolicyType, units: readonly AlikeUnits[], others: Bits): Iterable<Beyond> {
    const { possibleRows, rows } = this.world;
    const opposite = OPPOSITE[direction];
    const quiet = others.and(this.quiet[opposite]);
    const inDoubt = Bits.of(
      quiet.toArray().filter((unit) => this.groupings[opposite].at(unit).isolated !== 'no'),
    );
    const found = new Map<string, Beyond>();
    for (const { group, table, members } of quiet.isEmpty ? [] : units) {
      for (const { set, ports } of group.tiers.length === 0 ? [] : rows.row(group, table).units) {
        const { sure } = ports;
        const far = sure.isEmpty ? Bits.NONE : set.and(quiet);
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

  private quietIn(direction: PolicyType, asked: string | undefined): Bits {
    const { assumed } = this.world.index;
    return asked === undefined || asked === 'any'
      ? Bits.of(assumed.toArray().filter((unit) => !this.groupings[direction].at(unit).hasIsolatingPolicy))
      : Bits.NONE;
  }
}

/** What near units leave open with far ones. */
interface Beyond extends PortVerdict {
  readonly near: number[];
  readonly far: Bits;
}
