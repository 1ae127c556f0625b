import { append } from '../model/append';
import type { Cluster, Unreadable, Workload } from '../model/cluster';
import { Bits } from '../reachability/bits';
import type { UnitIndex } from '../reachability/unit-index';
import type { Unit } from '../reachability/units';

/** On which side of a change a workload is there; `hidden-…`: something unreadable may be it. */
export type Presence = 'kept' | 'new' | 'gone' | 'hidden-before' | 'hidden-after';

/** Pods of one workload that no policy of either version tells apart. */
export interface Cell {
  /** As it is after the change, if it is there. */
  readonly workload: Workload;
  /** The unit in the version before. */
  readonly before?: Unit;
  readonly after?: Unit;
  /** The names of the pods, where not all of the workload's are meant. */
  readonly pods?: readonly string[];
  readonly presence: Presence;
}

/**
 * The workloads of two versions, matched by namespace, kind and name. Pods are matched by name only where both
 * versions tell pods of the workload apart: a deployment's pods get new names with every rollout.
 */
export class Cells {
  /** The cells of a cluster beside itself. */
  public static same({ units }: UnitIndex): Cells {
    const several = new Set<Workload>();
    for (const [i, { workload }] of units.entries()) {
      if (units[i - 1]?.workload === workload) {
        several.add(workload);
      }
    }
    return new Cells(
      units.map((unit) => {
        const { workload } = unit;
        const pods = several.has(workload) ? { pods: namesOf([unit]) } : {};
        return { workload, before: unit, after: unit, ...pods, presence: 'kept' };
      }),
      units.length,
      units.length,
    );
  }

  public static of(before: UnitIndex, after: UnitIndex, clusters: readonly [Cluster, Cluster]): Cells {
    const left = byWorkload(before);
    const right = byWorkload(after);
    const cells: Cell[] = [];
    for (const [key, units] of left) {
      const others = right.get(key) ?? [];
      cells.push(
        ...(others.length === 0 ? only('before', units, units, clusters[1]) : match(units, others, clusters)),
      );
    }
    for (const [key, units] of right) {
      if (!left.has(key)) {
        cells.push(...only('after', units, units, clusters[0]));
      }
    }
    return new Cells(cells, before.units.length, after.units.length);
  }

  public readonly none: Bits;
  /** The cells of each unit; left out for a version whose units have the numbers of their cells. */
  private readonly places: Readonly<Record<'before' | 'after', Places | undefined>>;
  private known: { readonly rankOf: Uint32Array; readonly atRank: Uint32Array } | undefined;

  private constructor(
    public readonly list: readonly Cell[],
    unitsBefore: number,
    unitsAfter: number,
  ) {
    this.none = this.set([]);
    this.places = { before: this.placesOf('before', unitsBefore), after: this.placesOf('after', unitsAfter) };
  }

  public set(numbers: readonly number[]): Bits {
    return Bits.of(this.list.length, numbers);
  }

  public union(sets: readonly Bits[]): Bits {
    return [...new Set(sets)].reduce((sum, set) => sum.or(set), this.none);
  }

  /** The cells of units of one version. */
  public from(version: 'before' | 'after', units: Bits): Bits {
    const places = this.places[version];
    return places === undefined
      ? units
      : this.set(units.toArray().flatMap((unit) => places[unit] as readonly number[]));
  }

  /** The places of cells in the order of their names, ascending: nothing told depends on the order of the input. */
  public ranksOf(numbers: readonly number[]): Uint32Array {
    const { rankOf } = this.ranks();
    const ranks = new Uint32Array(numbers.length);
    if (numbers.length < this.list.length / 16) {
      for (let i = 0; i < numbers.length; i += 1) {
        ranks[i] = rankOf[numbers[i] as number] as number;
      }
      return ranks.sort();
    }
    // Of many, marking each and reading the marks in order takes a tenth of sorting them.
    const marks = new Uint8Array(this.list.length);
    for (const number of numbers) {
      marks[rankOf[number] as number] = 1;
    }
    let next = 0;
    for (let rank = 0; rank < marks.length; rank += 1) {
      if (marks[rank] === 1) {
        ranks[next] = rank;
        next += 1;
      }
    }
    return ranks;
  }

  /** The cell at a place in the order of names. */
  public atRank(rank: number): number {
    return this.ranks().atRank[rank] as number;
  }

  private ranks() {
    if (this.known === undefined) {
      const keys = this.list.map(({ workload, pods }) => `${keyOf(workload)} ${pods?.join(' ') ?? ''}`);
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

  private placesOf(version: 'before' | 'after', units: number): Places | undefined {
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

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = ({ namespace, name, kind }: Workload) => `${namespace}/${name}/${kind}`;

function byWorkload({ units }: UnitIndex): Map<string, Unit[]> {
  const found = new Map<string, Unit[]>();
  for (const unit of units) {
    append(found, keyOf(unit.workload), unit);
  }
  return found;
}

function namesOf(units: readonly Unit[]): string[] {
  return units.flatMap(({ pods }) => pods.map(({ name }) => name)).sort();
}

function match(
  left: readonly Unit[],
  right: readonly Unit[],
  [before, after]: readonly [Cluster, Cluster],
): Cell[] {
  const workload = (right[0] as Unit).workload;
  if (left.length === 1 || right.length === 1) {
    const finer = left.length > 1 ? left : right;
    return left.flatMap((a) =>
      right.map((b): Cell => {
        const pods = finer.length > 1 ? { pods: namesOf([finer === left ? a : b]) } : {};
        return { workload, before: a, after: b, ...pods, presence: 'kept' };
      }),
    );
  }
  const unitAfter = new Map(right.flatMap((unit) => unit.pods.map(({ name }) => [name, unit] as const)));
  const unitBefore = new Map(left.flatMap((unit) => unit.pods.map(({ name }) => [name, unit] as const)));
  const pairs = new Map<string, { before: Unit; after: Unit; pods: string[] }>();
  for (const [name, a] of unitBefore) {
    const b = unitAfter.get(name);
    if (b !== undefined) {
      const key = `${a.index} ${b.index}`;
      const pair = pairs.get(key) ?? { before: a, after: b, pods: [] };
      pair.pods.push(name);
      pairs.set(key, pair);
    }
  }
  return [
    ...[...pairs.values()].map(
      (pair): Cell => ({ workload, ...pair, pods: [...pair.pods].sort(), presence: 'kept' }),
    ),
    ...only('before', without(left, unitAfter, workload), left, after),
    ...only('after', without(right, unitBefore, workload), right, before),
  ];
}

/** What units hold beside the pods named, as parts of the workload that stands for both versions. */
function without(units: readonly Unit[], names: ReadonlyMap<string, Unit>, workload: Workload): Unit[] {
  return units
    .map((unit) => ({ ...unit, workload, pods: unit.pods.filter(({ name }) => !names.has(name)) }))
    .filter(({ pods }) => pods.length > 0);
}

/** @param all the units of the workload, of which `units` or parts of them are on one side only */
function only(
  version: 'before' | 'after',
  units: readonly Unit[],
  all: readonly Unit[],
  other: Cluster,
): Cell[] {
  return units.map((unit) => {
    const { workload } = unit;
    const isHidden = other.unreadable.some((each) => mayBe(each, workload));
    const presence =
      version === 'before' ? (isHidden ? 'hidden-after' : 'gone') : isHidden ? 'hidden-before' : 'new';
    const pods = all.length > 1 ? { pods: namesOf([unit]) } : {};
    return { workload, [version]: unit, ...pods, presence };
  });
}

function mayBe({ kind, namespace, name }: Unreadable, workload: Workload): boolean {
  return (
    (kind === undefined || kind === workload.kind) &&
    (namespace === undefined || namespace === workload.namespace) &&
    (name === undefined || name === workload.name)
  );
}
