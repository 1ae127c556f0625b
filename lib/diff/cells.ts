import { type Workload, workloadKey } from '../model/cluster';
import { compare } from '../model/collections';
import { Bits } from '../reachability/sets/bits';
import type { Unit } from '../reachability/sets/units';

export type VersionName = 'before' | 'after';

/** In which versions a workload is there. `hidden-…`: something unreadable in that version may be it. */
export type Presence = 'kept' | 'new' | 'gone' | 'hidden-before' | 'hidden-after';

/** Pods of one workload that no policy of either version tells apart. */
export interface Cell {
  /** The workload in the version after, if it is there. */
  readonly workload: Workload;
  readonly before?: Unit;
  readonly after?: Unit;
  /** The names of the pods, if not all pods of the workload are meant. */
  readonly pods?: readonly string[];
  readonly presence: Presence;
}

/** The cells of two versions; each has a number. */
export class Cells {
  /** The cells of each unit; undefined for a version whose units have the numbers of their cells. */
  private readonly places: Readonly<Record<VersionName, Places | undefined>>;
  private known: { readonly rankOf: Uint32Array; readonly atRank: Uint32Array } | undefined;

  public constructor(
    public readonly list: readonly Cell[],
    unitsBefore: number,
    unitsAfter: number,
  ) {
    this.places = { before: this.placesOf('before', unitsBefore), after: this.placesOf('after', unitsAfter) };
  }

  /** The cells of units of one version. */
  public from(version: VersionName, units: Bits): Bits {
    const places = this.places[version];
    return places === undefined
      ? units
      : Bits.of(units.toArray().flatMap((unit) => places[unit] as readonly number[]));
  }

  /** The places of cells in the order of their names, so that no answer depends on the order of the input. */
  public ranksOf(cells: Bits): Bits {
    const { rankOf } = this.ranks();
    const ranks: number[] = [];
    cells.forEach((cell) => {
      ranks.push(rankOf[cell] as number);
    });
    return Bits.of(ranks);
  }

  /** The cell at a place in this order. */
  public atRank(rank: number): number {
    return this.ranks().atRank[rank] as number;
  }

  private ranks() {
    if (this.known === undefined) {
      const keys = this.list.map(({ workload, pods }) => `${workloadKey(workload)} ${pods?.join(' ') ?? ''}`);
      const atRank = Uint32Array.from(
        keys.map((_, i) => i).sort((a, b) => compare(keys[a] as string, keys[b] as string)),
      );
      const rankOf = new Uint32Array(keys.length);
      for (const [rank, number] of atRank.entries()) {
        rankOf[number] = rank;
      }
      this.known = { rankOf, atRank };
    }
    return this.known;
  }

  private placesOf(version: VersionName, units: number): Places | undefined {
    if (units === this.list.length && this.list.every((cell, i) => cell[version]?.index === i)) {
      return undefined;
    }
    const places = Array.from({ length: units }, (): number[] => []);
    for (const [i, cell] of this.list.entries()) {
      const unit = cell[version];
      if (unit !== undefined) {
        places[unit.index]?.push(i);
      }
    }
    return places;
  }
}

type Places = readonly (readonly number[])[];
