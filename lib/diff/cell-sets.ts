import type { Workload } from '../model/cluster';
import { appendAll, remember } from '../model/collections';
import type { Member, Party } from '../reachability/answers/parties';
import type { Bits } from '../reachability/sets/bits';
import type { Cells } from './cells';

/** A set of cells; equal ones are one object. */
export interface CellSet {
  /** From 0, distinct among the sets. */
  readonly id: number;
  readonly cells: Bits;
  /** The places of the cells in the order of their names. */
  readonly ranks: Bits;
}

/** Keeps each distinct set of cells once, and its party. */
export class CellSets {
  private readonly known = new Map<number, CellSet[]>();
  private readonly parties = new Map<CellSet, Party>();
  /** How many cells a workload has, if its pods are told apart. */
  private readonly shares = new Map<Workload, number>();
  /** For each cell, the member that stands for it alone. */
  private readonly members: Member[] = [];
  private next = 0;

  public constructor(private readonly cells: Cells) {
    for (const { workload, pods } of cells.list) {
      if (pods !== undefined) {
        this.shares.set(workload, (this.shares.get(workload) ?? 0) + 1);
      }
    }
  }

  public of(cells: Bits): CellSet {
    const key = cells.hash;
    const alike = this.known.get(key) ?? [];
    let found = alike.find((each) => each.cells.equals(cells));
    if (found === undefined) {
      found = { id: this.next, cells, ranks: this.cells.ranksOf(cells) };
      this.next += 1;
      this.known.set(key, [...alike, found]);
    }
    return found;
  }

  public partyOf(set: CellSet): Party {
    return remember(this.parties, set, () => ({
      workloads: this.shares.size === 0 ? this.each(set) : this.joined(set),
    }));
  }

  private each({ ranks }: CellSet): Member[] {
    return ranks.map((rank) => {
      const cell = this.cells.atRank(rank);
      const member = this.members[cell] ?? { workload: this.workloadAt(cell) };
      this.members[cell] = member;
      return member;
    });
  }

  /** With one member for all cells of a workload, without names of pods if all of them are there. */
  private joined({ ranks }: CellSet): Member[] {
    const shares = new Map<Workload, { count: number; pods: string[] }>();
    ranks.forEach((rank) => {
      const cell = this.cells.atRank(rank);
      const workload = this.workloadAt(cell);
      const share = shares.get(workload) ?? { count: 0, pods: [] };
      share.count += 1;
      appendAll(share.pods, this.cells.list[cell]?.pods ?? []);
      shares.set(workload, share);
    });
    return [...shares].map(([workload, { count, pods }]) =>
      count === (this.shares.get(workload) ?? 1) ? { workload } : { workload, pods: pods.sort() },
    );
  }

  private workloadAt(cell: number): Workload {
    return (this.cells.list[cell] as { workload: Workload }).workload;
  }
}
