import { append, remember } from '../model/collections';
import { Bits } from '../reachability/sets/bits';
import { type CellColumn, cellColumnsOf } from './cell-columns';
import { type ChangePart, overlay } from './overlay';
import type { PortChange, PortChanges } from './port-change';
import type { ComparedSide, RowChange } from './side';

/** Senders and receivers: each pair exchanges the same before, and the same after. */
export interface UnitChange {
  readonly senders: Bits;
  readonly receivers: Bits;
  readonly ports: PortChange;
}

/** All pairs of a sender and a receiver. */
interface Box {
  readonly from: Bits;
  readonly to: Bits;
}

/**
 * What changes between workloads. A pair can only change if the policies of the receiver change for the sender, or
 * those of the sender for the receiver; other pairs are not looked at.
 */
export function* betweenWorkloads(
  ingress: ComparedSide,
  egress: ComparedSide,
  changes: PortChanges,
): Generator<UnitChange> {
  const [senders, receivers] = reachOf(ingress);
  const [targets, sources] = reachOf(egress);
  const boxes: Box[] = [
    { from: senders, to: receivers },
    { from: sources.without(senders), to: targets },
    { from: sources.and(senders), to: targets.without(receivers) },
  ];
  for (const { from, to } of boxes) {
    if (!from.isEmpty && !to.isEmpty) {
      yield* within({ from, to }, ingress, cellColumnsOf(egress, { from, to }), changes);
    }
  }
}

/** The cells whose policies change something in a direction (`members`), and the cells for which they do (`others`). */
function reachOf(side: ComparedSide): readonly [others: Bits, members: Bits] {
  const changed = side.classes.filter((each) => !each.isSame && !each.row.changed.isEmpty);
  return [
    Bits.union(changed.map(({ row }) => row.changed)),
    Bits.of(changed.flatMap(({ members }) => members)),
  ];
}

function* within(
  { from, to }: Box,
  ingress: ComparedSide,
  columnOf: (cell: number) => CellColumn,
  changes: PortChanges,
): Generator<UnitChange> {
  const alike = new Map<RowChange, Map<CellColumn, number[]>>();
  to.forEach((receiver) => {
    const { row } = ingress.at(receiver);
    const byColumn = remember(alike, row, () => new Map<CellColumn, number[]>());
    append(byColumn, columnOf(receiver), receiver);
  });
  const sentBy = new Map<CellColumn, readonly ChangePart<Bits>[]>();
  for (const [row, byColumn] of alike) {
    const received = row.units.filter(({ set }) => set.overlaps(from));
    for (const [column, numbers] of byColumn) {
      const receivers = Bits.of(numbers);
      const sent = remember(sentBy, column, () =>
        overlay(column.before.parts, column.after.parts, column.doubts.parts, changes),
      );
      for (const [ports, senders] of meet(sent, received, changes)) {
        yield { senders, receivers, ports };
      }
    }
  }
}

/** The senders by the change of the ports that both sides leave open. */
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
