import { append, pairKey, remember } from '../model/collections';
import type { PortSet } from '../model/port-set';
import type { Group } from '../reachability/judging/groups';
import { Bits } from '../reachability/sets/bits';
import type { PortBounds } from '../reachability/sets/port-bounds';
import { SenderChain } from '../reachability/sets/sender-chain';
import type { VersionName } from './cells';
import type { ComparedSide } from './side';

/** The senders to a cell in both versions, as far as the senders' own policies go. */
export interface CellColumn {
  readonly before: SenderChain<PortBounds>;
  readonly after: SenderChain<PortBounds>;
  /** The senders whose doubts differ between the versions. */
  readonly doubts: SenderChain<PortSet>;
}

/** The columns of the cells of `to` for senders of `from`. Cells that every sender treats alike have one column. */
export function cellColumnsOf(
  egress: ComparedSide,
  { from, to }: { readonly from: Bits; readonly to: Bits },
): (cell: number) => CellColumn {
  const senders = from.toArray();
  const receivers = new Receivers(to);
  const before = chainsOf('before', egress, senders, receivers);
  const isSame = senders.every((cell) => egress.at(cell).isSame);
  const after = isSame ? before : chainsOf('after', egress, senders, receivers);
  const doubts = doubtsOf(egress, from, receivers);
  const known = new Map<string, CellColumn>();
  return (cell) => {
    const column = { before: before(cell), after: after(cell), doubts: doubts(cell) };
    const key = `${column.before.id} ${column.after.id} ${column.doubts.id}`;
    return remember(known, key, () => column);
  };
}

/** For so few cells it is quicker to ask for each than to make another set. */
const FEW = 200;

/** The cells for which columns are made. */
class Receivers {
  private readonly list: readonly number[];

  public constructor(private readonly set: Bits) {
    this.list = set.toArray();
  }

  /** Visits the cells that are in a set. */
  public forEachIn(set: Bits, visit: (cell: number) => void): void {
    if (this.list.length > FEW) {
      set.and(this.set).forEach(visit);
      return;
    }
    for (const cell of this.list) {
      if (set.has(cell)) {
        visit(cell);
      }
    }
  }
}

function chainsOf(version: VersionName, egress: ComparedSide, from: readonly number[], to: Receivers) {
  const members = new Map<Group, number[]>();
  for (const cell of from) {
    const group = egress.at(cell)[version]?.group;
    if (group !== undefined) {
      append(members, group, cell);
    }
  }
  const root = SenderChain.root<PortBounds>();
  const chains = new Map<number, typeof root>();
  for (const [group, numbers] of members) {
    const senders = Bits.of(numbers);
    for (const { set, ports } of egress.unitsOf(version, { group, table: undefined })) {
      const key = pairKey(group.id, ports.id);
      to.forEachIn(set, (cell) => {
        chains.set(cell, (chains.get(cell) ?? root).with(key, senders, ports));
      });
    }
  }
  return (cell: number) => chains.get(cell) ?? root;
}

/** The senders whose doubts differ between the versions; mostly none. */
function doubtsOf(egress: ComparedSide, from: Bits, to: Receivers) {
  const root = SenderChain.root<PortSet>();
  const chains = new Map<number, typeof root>();
  for (const each of egress.classes.filter(({ isSame }) => !isSame)) {
    const senders = Bits.of(each.members).and(from);
    for (const { set, ports } of senders.isEmpty ? [] : each.row.units) {
      if (!ports.doubtsDiffer.isEmpty) {
        const key = pairKey(each.id, ports.id);
        to.forEachIn(set, (cell) => {
          chains.set(cell, (chains.get(cell) ?? root).with(key, senders, ports.doubtsDiffer));
        });
      }
    }
  }
  return (cell: number) => chains.get(cell) ?? root;
}
