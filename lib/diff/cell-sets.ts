import type { Workload } from '../model/cluster';
import type { Member, Party } from '../reachability/parties';
import type { Cells } from './cells';

/** Cells in the order of their names; equal sets are one object. */
export interface CellSet {
  /** From 0, distinct among the sets. */
  readonly id: number;
  readonly cells: readonly number[];
}

/** Keeps each distinct set of cells once, and the party it is to a reader. */
export class CellSets {
  private readonly known = new Map<number, { numbers: readonly number[]; set: CellSet }[]>();
  private readonly parties = new Map<CellSet, Party>();
  /** Of each workload whose pods are told apart, the number of its cells. */
  private readonly shares = new Map<Workload, number>();
  private next = 0;

  public constructor(private readonly cells: Cells) {
    for (const { workload, pods } of cells.list) {
      if (pods !== undefined) {
        this.shares.set(workload, (this.shares.get(workload) ?? 0) + 1);
      }
    }
  }

  /** @param numbers ascending */
  public of(numbers: readonly number[]): CellSet {
    const key = hash(numbers);
    const alike = this.known.get(key) ?? [];
    let found = alike.find((each) => areEqual(each.numbers, numbers));
    if (found === undefined) {
      found = { numbers, set: { id: this.next, cells: this.cells.sorted(numbers) } };
      this.next += 1;
      this.known.set(key, [...alike, found]);
    }
    return found.set;
  }

  public partyOf(set: CellSet): Party {
    let party = this.parties.get(set);
    if (party === undefined) {
      party = { workloads: this.shares.size === 0 ? this.each(set) : this.joined(set) };
      this.parties.set(set, party);
    }
    return party;
  }

  private each({ cells }: CellSet): Member[] {
    return cells.map((cell) => ({ workload: this.workloadAt(cell) }));
  }

  /** One member for all cells of a workload; without naming pods where all of them are there. */
  private joined({ cells }: CellSet): Member[] {
    const shares = new Map<Workload, { count: number; pods: string[] }>();
    for (const cell of cells) {
      const workload = this.workloadAt(cell);
      const share = shares.get(workload) ?? { count: 0, pods: [] };
      share.count += 1;
      share.pods.push(...(this.cells.list[cell]?.pods ?? []));
      shares.set(workload, share);
    }
    return [...shares].map(([workload, { count, pods }]) =>
      count === (this.shares.get(workload) ?? 1) ? { workload } : { workload, pods: pods.sort() },
    );
  }

  private workloadAt(cell: number): Workload {
    return (this.cells.list[cell] as { workload: Workload }).workload;
  }
}

function hash(numbers: readonly number[]): number {
  let sum = numbers.length;
  for (const number of numbers) {
    sum = (Math.imul(sum, 31) + number) | 0;
  }
  return sum;
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((number, i) => number === b[i]));
}
