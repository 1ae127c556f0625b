import { appendAll, remembered } from '../../model/collections';
import { pairs, rank } from '../../model/intervals';
import { type AddressPosition, IpSet } from '../../model/ip-set';
import type { Tristate } from '../../model/tristate';
import { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { UnitIndex } from '../sets/unit-index';

/** The addresses of units in order: an IP block costs a search, however many units there are. */
export class AddressIndex {
  private readonly positions: readonly AddressPosition[];
  private readonly unitAt: readonly number[];
  private readonly withoutAddress: Bits;

  /**
   * @param within the units to look at
   * @param range where unknown addresses of units lie
   */
  public constructor(
    { units }: UnitIndex,
    within: Bits,
    private readonly range: IpSet,
  ) {
    const known: (readonly [AddressPosition, number])[] = [];
    const unknown: number[] = [];
    for (const { index: unit, addresses } of units) {
      if (!within.has(unit)) {
        continue;
      }
      if (addresses === undefined) {
        unknown.push(unit);
      } else {
        appendAll(
          known,
          addresses.map((position) => [position, unit] as const),
        );
      }
    }
    known.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.positions = known.map(([position]) => position);
    this.unitAt = known.map(([, unit]) => unit);
    this.withoutAddress = Bits.of(unknown);
  }

  /** The units that have an address in a block. */
  public matching(block: Bounds<IpSet>): Bounds<Bits> {
    const { withoutAddress } = this;
    const lies = mayLieIn(this.range, block);
    const known = this.withAddressIn(block.sure);
    const sure = lies === 'yes' ? known.or(withoutAddress) : known;
    if (block.isExact && (lies !== 'unknown' || withoutAddress.isEmpty)) {
      return Bounds.exactly(sure);
    }
    const possible = this.withAddressIn(block.possible);
    return new Bounds(sure, lies === 'no' ? possible : possible.or(withoutAddress));
  }

  private withAddressIn(set: IpSet): Bits {
    const { positions, unitAt } = this;
    const units: number[] = [];
    for (const [from, to] of pairs(set.boundaries)) {
      appendAll(units, unitAt.slice(rank(positions, from - 1n), rank(positions, to - 1n)));
    }
    return Bits.of(units);
  }
}

/** Whether somebody with one unknown address of each family in `range` has an address in `block`. */
export function mayLieIn(range: IpSet, block: Bounds<IpSet>): Tristate {
  return familiesOf(range).some((family) => block.sure.covers(family))
    ? 'yes'
    : block.possible.overlaps(range)
      ? 'unknown'
      : 'no';
}

/** Remembered because there are few ranges and many blocks. */
const familiesOf = remembered((range: IpSet) =>
  [range.and(IpSet.IPV4), range.and(IpSet.IPV6)].filter((family) => !family.isEmpty),
);
