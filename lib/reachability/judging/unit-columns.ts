import { pairKey, remember } from '../../model/collections';
import type { Bits } from '../sets/bits';
import type { PortBounds } from '../sets/port-bounds';
import { PortMap, type PortPart } from '../sets/port-map';
import type { Alike } from './alike';
import type { Judging } from './rows';

/** A group of senders, and the ports they may use. */
interface Senders {
  readonly column: UnitColumn;
  readonly set: Bits;
  readonly ports: PortBounds;
}

/**
 * Who may send to a unit, and on which ports, as far as the senders' own policies go. Units that every sender
 * treats alike share one column.
 */
export class UnitColumn {
  private readonly children = new Map<number, UnitColumn>();
  private known: readonly PortPart<Bits>[] | undefined;

  /** @param last the senders added last, and the column without them; left out for nobody */
  public constructor(private readonly last?: Senders) {}

  /** The column with one group of senders more. */
  public with(group: number, set: Bits, ports: PortBounds): UnitColumn {
    return remember(
      this.children,
      pairKey(group, ports.id),
      () => new UnitColumn({ column: this, set, ports }),
    );
  }

  /** The senders by the ports they may use; computed once. */
  public parts({ pool }: Pick<Judging, 'pool'>): readonly PortPart<Bits>[] {
    if (this.known === undefined) {
      const senders = new PortMap<Bits>(pool);
      let { last } = this as UnitColumn;
      while (last !== undefined) {
        senders.open(last.set, last.ports);
        last = last.column.last;
      }
      this.known = senders.disjointParts();
    }
    return this.known;
  }
}

/** The column of each unit of `to`, by its number. */
export function unitColumnsOf(world: Judging, senders: readonly Alike[], to: Bits): readonly UnitColumn[] {
  const columns = new Array<UnitColumn>(world.index.units.length).fill(new UnitColumn());
  for (const { group, members } of senders) {
    const set = world.index.set(members);
    for (const part of world.rows.row(group).units) {
      part.set.and(to).forEach((unit) => {
        columns[unit] = (columns[unit] as UnitColumn).with(group.id, set, part.ports);
      });
    }
  }
  return columns;
}
