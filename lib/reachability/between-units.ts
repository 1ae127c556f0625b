import { append } from '../model/append';
import { remember } from '../model/remember';
import type { AlikeByDirection } from './alike';
import type { Bits } from './bits';
import { type Column, columnsOf } from './columns';
import { openedIn } from './opened';
import type { Part } from './port-map';
import type { Judging, Row } from './rows';

/**
 * What is open between known units, destination by destination.
 *
 * @param to the destinations, those in `Ingress`
 */
export function* betweenUnits(world: Judging, { Ingress, Egress }: AlikeByDirection, to: Bits) {
  const columns = columnsOf(world, Egress, to);
  const alike = new Map<Row, Map<Column, number[]>>();
  for (const { group, table, members } of Ingress) {
    const byColumn = remember(alike, world.rows.row(group, table), () => new Map<Column, number[]>());
    for (const unit of members) {
      append(byColumn, columns[unit] as Column, unit);
    }
  }
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
