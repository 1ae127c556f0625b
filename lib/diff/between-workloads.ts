import { append } from '../model/append';
import type { Bits } from '../reachability/bits';
import type { Cells } from './cells';
import type { ChangePart } from './overlay';
import type { PortChange, PortChanges } from './port-change';
import type { RowChange, Side } from './side';

/** Workloads that talk to others, all in the same way before and all in the same way after. */
export interface UnitChange {
  readonly senders: Bits;
  readonly receivers: readonly number[];
  readonly ports: PortChange;
}

/**
 * What changes between workloads. A pair can only change when the policies of its sender treat the receiver
 * otherwise than before, or those of its receiver the sender; all other pairs are left alone.
 */
export function* betweenWorkloads(
  cells: Cells,
  ingress: Side,
  egress: Side,
  changes: PortChanges,
): Generator<UnitChange> {
  const columns = columnsOf(cells, ingress, egress);
  const alike = new Map<RowChange, Map<Column, number[]>>();
  for (const [receiver, column] of columns.entries()) {
    if (column.isEmpty) {
      continue;
    }
    const { row } = ingress.at(receiver);
    let byColumn = alike.get(row);
    if (byColumn === undefined) {
      byColumn = new Map();
      alike.set(row, byColumn);
    }
    append(byColumn, column, receiver);
  }
  for (const [row, byColumn] of alike) {
    for (const [column, receivers] of byColumn) {
      const found = new Map<PortChange, Bits>();
      for (const sent of column.parts()) {
        for (const received of row.units) {
          const ports = changes.and(sent.ports, received.ports);
          if (ports.isChange && sent.set.overlaps(received.set)) {
            const set = sent.set.and(received.set);
            found.set(ports, found.get(ports)?.or(set) ?? set);
          }
        }
      }
      for (const [ports, senders] of found) {
        yield { senders, receivers, ports };
      }
    }
  }
}

/** The senders worth looking at for each receiver, by its number; each sender at most once. */
function columnsOf(cells: Cells, ingress: Side, egress: Side): readonly Column[] {
  const columns = new Array<Column>(cells.list.length).fill(new Column());
  const changed = ingress.classes.filter((each) => !each.isSame && !each.row.changed.isEmpty);
  const receivers = cells.set(changed.flatMap(({ members }) => members));
  const senders = changed.reduce((sum, { row }) => sum.or(row.changed), cells.none);
  const add = (id: number, from: Bits, to: Bits, ports: PortChange) => {
    if (!from.isEmpty) {
      to.forEach((receiver) => {
        columns[receiver] = (columns[receiver] as Column).with(id, from, ports);
      });
    }
  };
  for (const each of egress.classes) {
    const members = cells.set(each.members);
    const known = members.and(senders);
    if (!known.isEmpty) {
      for (const { set, ports } of each.row.units) {
        add(2 * each.id, known, set.and(receivers), ports);
      }
    }
    if (!each.isSame) {
      const others = members.without(known);
      for (const { set, ports } of each.row.units.filter((part) => part.ports.isChange)) {
        add(2 * each.id, members, set.without(receivers), ports);
        add(2 * each.id + 1, others, set.and(receivers), ports);
      }
    }
  }
  return columns;
}

/** Numbers of classes and of changes of ports both stay below 2^26. */
const PAIR = 2 ** 26;

/** Who sends to a cell, and how the ports that the senders' policies leave open change. */
class Column {
  private readonly children = new Map<number, Column>();
  private known: readonly ChangePart<Bits>[] | undefined;

  /** @param last the senders added last, and the column without them; left out for nobody */
  public constructor(private readonly last?: { readonly column: Column } & ChangePart<Bits>) {}

  public get isEmpty(): boolean {
    return this.last === undefined;
  }

  public with(senders: number, set: Bits, ports: PortChange): Column {
    const key = senders * PAIR + ports.id;
    let child = this.children.get(key);
    if (child === undefined) {
      child = new Column({ column: this, set, ports });
      this.children.set(key, child);
    }
    return child;
  }

  /** The senders by how their ports change; computed once. */
  public parts(): readonly ChangePart<Bits>[] {
    if (this.known === undefined) {
      const sets = new Map<PortChange, Bits>();
      let { last } = this as Column;
      while (last !== undefined) {
        const { set, ports } = last;
        sets.set(ports, sets.get(ports)?.or(set) ?? set);
        last = last.column.last;
      }
      this.known = [...sets].map(([ports, set]) => ({ set, ports }));
    }
    return this.known;
  }
}
