import { append, remember } from '../../model/collections';
import type { Bits } from '../sets/bits';
import type { PortPart } from '../sets/port-map';
import type { AlikeByDirection } from './alike';
import type { Row } from './groups';
import { openedIn } from './opened';
import type { Judging } from './rows';
import { type UnitColumn, unitColumnsOf } from './unit-columns';

/**
 * What is open between known units, destination by destination.
 *
 * @param to the destinations, those in `Ingress`
 */
export function* betweenUnits(world: Judging, { Ingress, Egress }: AlikeByDirection, to: Bits) {
  const columns = unitColumnsOf(world, Egress, to);
  const alike = new Map<Row, Map<UnitColumn, number[]>>();
  for (const { group, table, members } of Ingress) {
    const byColumn = remember(alike, world.rows.row(group, table), () => new Map<UnitColumn, number[]>());
    for (const unit of members) {
      append(byColumn, columns[unit] as UnitColumn, unit);
    }
  }
  for (const [row, byColumn] of alike) {
    for (const [column, units] of byColumn) {
      const open: PortPart<Bits>[] = [];
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
