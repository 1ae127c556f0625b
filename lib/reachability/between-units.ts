import { append } from '../model/append';
import type { Bits } from './bits';
import { type Column, columnsOf } from './columns';
import type { Groupings } from './connections';
import type { Grouping } from './groups';
import { openedIn } from './opened';
import type { Part } from './port-map';
import type { Row } from './rows';
import type { World } from './world';

/** What is open between known units, destination by destination. */
export function* betweenUnits(world: World, { Ingress, Egress }: Groupings, from: Bits, to: Bits) {
  const columns = columnsOf(world, Egress, from, to);
  const alike = new Map<Row, Map<Column, number[]>>();
  to.forEach((unit) => {
    const row = rowAt(world, Ingress, unit);
    const column = columns[unit] as Column;
    let byColumn = alike.get(row);
    if (byColumn === undefined) {
      byColumn = new Map();
      alike.set(row, byColumn);
    }
    append(byColumn, column, unit);
  });
  for (const [row, byColumn] of alike) {
    for (const [column, units] of byColumn) {
      const open: Part<Bits>[] = [];
      for (const sent of column.parts(world)) {
        for (const received of row.units) {
          const ports = world.pool.and(sent.ports, received.ports);
          if (ports !== world.pool.none && sent.set.overlaps(received.set)) {
            open.push({ set: sent.set.and(received.set), ports });
          }
        }
      }
      for (const { set, ports, verdict } of openedIn(open)) {
        yield { senders: set, receivers: units, ports, verdict };
      }
    }
  }
}

/** The row of a unit in one direction. */
export function rowAt(world: World, grouping: Grouping, unit: number): Row {
  return world.rows.row(grouping.at(unit), world.index.units[unit]?.ports);
}
