import { appendAll, remembered } from '../../model/collections';
import { pairs } from '../../model/intervals';
import type { AddressPosition } from '../../model/ip-set';
import { IpSet } from '../../model/ip-set';
import type { Tristate } from '../../model/tristate';
import type { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { UnitIndex } from '../sets/unit-index';

/** Which units have which addresses, so that an IP block costs a search however many units there are. */
export class AddressIndex {
  private readonly positions: readonly AddressPosition[];
  private readonly unitAt: readonly number[];
  private readonly withoutAddress: Bits;

  /**
   * @param within the units to know, such as those of pods
   * @param range where the address of a unit lies when it is not known
   */
  public constructor(
    private readonly index: UnitIndex,
    within: Bits,
    private readonly range: IpSet,
  ) {
    const known: (readonly [AddressPosition, number])[] = [];
    const unknown: number[] = [];
    for (const { index: unit, addresses } of index.units) {
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
    this.withoutAddress = index.set(unknown);
  }

  /** The units with an address in `block`. */
  public matching(block: Bounds<IpSet>): Bounds<Bits> {
    const sure = this.withAddressIn(block.sure);
    const unknown = mayLieIn(this.range, block);
    if (block.isExact && (unknown !== 'unknown' || this.withoutAddress.isEmpty)) {
      return Bounds.exactly(unknown === 'yes' ? sure.or(this.withoutAddress) : sure);
    }
    const possible = this.withAddressIn(block.possible);
    return new Bounds(
      unknown === 'yes' ? sure.or(this.withoutAddress) : sure,
      unknown === 'no' ? possible : possible.or(this.withoutAddress),
    );
  }

  private withAddressIn(set: IpSet): Bits {
    const units: number[] = [];
    for (const [from, to] of pairs(set.boundaries)) {
      for (
        let i = this.firstAt(from);
        i < this.positions.length && (this.positions[i] as bigint) < to;
        i += 1
      ) {
        units.push(this.unitAt[i] as number);
      }
    }
    return this.index.set(units);
  }

  private firstAt(position: AddressPosition): number {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.positions[middle] as bigint) < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Whether an endpoint with one unknown address of each family of `range` has an address in `block`. */
export function mayLieIn(range: IpSet, block: Bounds<IpSet>): Tristate {
  return familiesOf(range).some((family) => block.sure.covers(family))
    ? 'yes'
    : block.possible.overlaps(range)
      ? 'unknown'
      : 'no';
}

/** There are few ranges, and many blocks. */
const familiesOf = remembered((range: IpSet) =>
  [range.and(IpSet.IPV4), range.and(IpSet.IPV6)].filter((family) => !family.isEmpty),
);
