import { append, pairKey, remember } from '../model/collections';
import type { PortSet } from '../model/port-set';
import type { Group } from '../reachability/judging/groups';
import type { Bits } from '../reachability/sets/bits';
import type { PortPart } from '../reachability/sets/port-map';
import type { Cells } from './cells';
import type { DoubtPart } from './overlay';
import type { ComparedSide, VersionName } from './side';

/** Lists of senders with what they may send, one after the other; equal chains are one object. */
class Chain<P> {
  private readonly children = new Map<number, Chain<P>>();
  private known: readonly { readonly set: Bits; readonly ports: P }[] | undefined;

  public constructor(
    public readonly id: number,
    private readonly counter: { next: number },
    private readonly last?: {
      readonly chain: Chain<P>;
      readonly senders: readonly number[];
      readonly ports: P;
    },
  ) {}

  public with(key: number, senders: readonly number[], ports: P): Chain<P> {
    let child = this.children.get(key);
    if (child === undefined) {
      child = new Chain(this.counter.next, this.counter, { chain: this, senders, ports });
      this.counter.next += 1;
      this.children.set(key, child);
    }
    return child;
  }

  /** The senders by what they may send; computed once. */
  public parts(cells: Cells): readonly { readonly set: Bits; readonly ports: P }[] {
    if (this.known === undefined) {
      const lists = new Map<P, number[]>();
      let { last } = this as Chain<P>;
      while (last !== undefined) {
        const list = remember(lists, last.ports, () => []);
        for (const sender of last.senders) {
          list.push(sender);
        }
        last = last.chain.last;
      }
      this.known = [...lists].map(([ports, list]) => ({ set: cells.set(list), ports }));
    }
    return this.known;
  }

  public static root<P>(): Chain<P> {
    return new Chain<P>(0, { next: 1 });
  }
}

/** Who may send to a cell in both versions, as far as the senders' own policies go. */
export interface CellColumn {
  parts(): {
    readonly before: readonly PortPart<Bits>[];
    readonly after: readonly PortPart<Bits>[];
    readonly doubts: readonly DoubtPart<Bits>[];
  };
}

export interface Columns {
  /** Cells that every sender treats alike have one column. */
  at(cell: number): CellColumn;
}

/** The columns of the cells of `to` for senders of `from`. */
export function cellColumnsOf(
  egress: ComparedSide,
  { from, to }: { readonly from: Bits; readonly to: Bits },
): Columns {
  const { cells } = egress;
  const senders = from.toArray();
  const receivers = new Receivers(to);
  const before = chainsOf('before', egress, senders, receivers);
  const isSame = senders.every((cell) => egress.at(cell).isSame);
  const after = isSame ? before : chainsOf('after', egress, senders, receivers);
  const doubts = doubtsOf(egress, from, receivers);
  const known = new Map<string, CellColumn>();
  return {
    at: (cell) => {
      const [was, is, doubt] = [before(cell), after(cell), doubts(cell)];
      const key = `${was.id} ${is.id} ${doubt.id}`;
      let column = known.get(key);
      if (column === undefined) {
        column = {
          parts: () => ({ before: was.parts(cells), after: is.parts(cells), doubts: doubt.parts(cells) }),
        };
        known.set(key, column);
      }
      return column;
    },
  };
}

/** Fewer than a set of cells has words: asking for each is cheaper than making another set. */
const FEW = 200;

/** The cells that columns are made for. */
class Receivers {
  private readonly list: readonly number[];

  public constructor(private readonly set: Bits) {
    this.list = set.toArray();
  }

  /** Visits those in a set. */
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
  const root = Chain.root<PortPart<Bits>['ports']>();
  const chains = new Map<number, typeof root>();
  for (const [group, senders] of members) {
    for (const { set, ports } of egress.unitsOf(version, { group, table: undefined })) {
      const key = pairKey(group.id, ports.id);
      to.forEachIn(set, (cell) => {
        chains.set(cell, (chains.get(cell) ?? root).with(key, senders, ports));
      });
    }
  }
  return (cell: number) => chains.get(cell) ?? root;
}

/** Where senders' doubts are not the same in both versions; mostly nowhere. */
function doubtsOf(egress: ComparedSide, from: Bits, to: Receivers) {
  const root = Chain.root<PortSet>();
  const chains = new Map<number, typeof root>();
  for (const each of egress.classes.filter(({ isSame }) => !isSame)) {
    const senders = each.members.filter((cell) => from.has(cell));
    for (const { set, ports } of senders.length === 0 ? [] : each.row.units) {
      if (!ports.doubtsDiffer.isEmpty) {
        to.forEachIn(set, (cell) => {
          const key = pairKey(each.id, ports.id);
          chains.set(cell, (chains.get(cell) ?? root).with(key, senders, ports.doubtsDiffer));
        });
      }
    }
  }
  return (cell: number) => chains.get(cell) ?? root;
}
