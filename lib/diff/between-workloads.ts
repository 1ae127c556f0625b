import { append } from '../model/collections';
import type { Bits } from '../reachability/sets/bits';
import { type CellColumn, type Columns, cellColumnsOf } from './cell-columns';
import type { Cells } from './cells';
import { type ChangePart, overlay } from './overlay';
import type { PortChange, PortChanges } from './port-change';
import type { ComparedSide, RowChange } from './side';

/** Workloads that talk to others, all in the same way before and all in the same way after. */
export interface UnitChange {
  readonly senders: Bits;
  readonly receivers: Bits;
  readonly ports: PortChange;
}

/** Every sender of some to every receiver of some. */
interface Box {
  readonly from: Bits;
  readonly to: Bits;
}

/**
 * What changes between workloads. A pair can only change when the policies of its receiver treat the sender
 * otherwise than before, or those of its sender the receiver: all other pairs are left alone.
 */
export function* betweenWorkloads(
  cells: Cells,
  ingress: ComparedSide,
  egress: ComparedSide,
  changes: PortChanges,
): Generator<UnitChange> {
  const [senders, receivers] = reachOf(cells, ingress);
  const [targets, sources] = reachOf(cells, egress);
  const boxes: Box[] = [
    { from: senders, to: receivers },
    { from: sources.without(senders), to: targets },
    { from: sources.and(senders), to: targets.without(receivers) },
  ];
  for (const { from, to } of boxes) {
    if (!from.isEmpty && !to.isEmpty) {
      yield* within(cells, { from, to }, ingress, cellColumnsOf(egress, { from, to }), changes);
    }
  }
}

/** Those whose policies change something in a direction, and before them those towards whom. */
function reachOf(cells: Cells, side: ComparedSide): readonly [others: Bits, members: Bits] {
  const changed = side.classes.filter((each) => !each.isSame && !each.row.changed.isEmpty);
  return [
    cells.union(changed.map(({ row }) => row.changed)),
    cells.set(changed.flatMap(({ members }) => members)),
  ];
}

function* within(
  cells: Cells,
  { from, to }: Box,
  ingress: ComparedSide,
  columns: Columns,
  changes: PortChanges,
): Generator<UnitChange> {
  const alike = new Map<RowChange, Map<CellColumn, number[]>>();
  to.forEach((receiver) => {
    const { row } = ingress.at(receiver);
    let byColumn = alike.get(row);
    if (byColumn === undefined) {
      byColumn = new Map();
      alike.set(row, byColumn);
    }
    append(byColumn, columns.at(receiver), receiver);
  });
  const sentBy = new Map<CellColumn, readonly ChangePart<Bits>[]>();
  for (const [row, byColumn] of alike) {
    const received = row.units.filter(({ set }) => set.overlaps(from));
    for (const [column, numbers] of byColumn) {
      const receivers = cells.set(numbers);
      let sent = sentBy.get(column);
      if (sent === undefined) {
        const { before, after, doubts } = column.parts();
        sent = overlay(before, after, doubts, changes);
        sentBy.set(column, sent);
      }
      for (const [ports, senders] of meet(sent, received, changes)) {
        yield { senders, receivers, ports };
      }
    }
  }
}

/** The senders by how the ports change that both sides leave open. */
function meet(
  sent: readonly ChangePart<Bits>[],
  received: readonly ChangePart<Bits>[],
  changes: PortChanges,
): ReadonlyMap<PortChange, Bits> {
  const found = new Map<PortChange, Bits>();
  for (const out of sent) {
    for (const into of received) {
      const ports = changes.and(out.ports, into.ports);
      if (ports.isChange && out.set.overlaps(into.set)) {
        const set = out.set.and(into.set);
        found.set(ports, found.get(ports)?.or(set) ?? set);
      }
    }
  }
  return found;
}
