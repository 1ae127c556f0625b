import { append, countOne, remember, remembered } from './collections';
import type { PodSet } from './pod-set';

/** Up to this many things are all returned: an index would not pay. */
const FEW = 8;

const SIDES = ['namespaces', 'pods'] as const;

/** A label of namespaces or of pods, and the values that a set requires it to have. */
interface RequiredLabel {
  readonly side: (typeof SIDES)[number];
  readonly key: string;
  readonly values: readonly string[];
}

/** The things that are filed under a label, as indexes into all things. */
interface Shelf extends Omit<RequiredLabel, 'values'> {
  readonly byValue: Map<string, number[]>;
}

/**
 * An index of things, such as rules, by the labels of the pods that they concern. Things that concern different
 * applications have no pod in common, so a set of pods has to be compared with few of them.
 */
export class Nearby<T> {
  private known: { readonly shelves: readonly Shelf[]; readonly others: readonly number[] } | undefined;

  /** @param setsOf the pods that a thing concerns */
  public constructor(
    public readonly all: readonly T[],
    private readonly setsOf: (each: T) => readonly PodSet[],
  ) {}

  /** All things that may concern a pod of the set, and perhaps others, in their order. */
  public to(set: PodSet): readonly T[] {
    if (this.all.length <= FEW) {
      return this.all;
    }
    this.known ??= this.arrange();
    const found = new Set(this.known.others);
    for (const { side, key, byValue } of this.known.shelves) {
      const own = set[side].get(key);
      const filed =
        own === undefined || own.but ? byValue.values() : own.listed.map((value) => byValue.get(value));
      for (const indexes of filed) {
        for (const index of indexes ?? []) {
          found.add(index);
        }
      }
    }
    return found.size === this.all.length
      ? this.all
      : [...found].sort((a, b) => a - b).map((index) => this.all[index] as T);
  }

  /** Files a set under the label whose values the fewest sets require: a label that all require does not separate them. */
  private arrange(): NonNullable<typeof this.known> {
    const sets = this.all.flatMap((each, index) =>
      this.setsOf(each).map((set) => ({ index, labels: requiredLabels(set) })),
    );
    const counts = new Map<string, number>();
    for (const value of sets.flatMap(({ labels }) => labels.flatMap(valuesOf))) {
      countOne(counts, value);
    }
    const count = (label: RequiredLabel) =>
      valuesOf(label).reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
    const shelves = new Map<string, Shelf>();
    const others: number[] = [];
    for (const { index, labels } of sets) {
      const [rarest] = labels.length < 2 ? labels : labels.sort((a, b) => count(a) - count(b));
      if (rarest === undefined) {
        others.push(index);
        continue;
      }
      const { side, key, values } = rarest;
      const { byValue } = remember(shelves, `${side} ${key}`, () => ({ side, key, byValue: new Map() }));
      for (const value of values) {
        append(byValue, value, index);
      }
    }
    return { shelves: [...shelves.values()], others };
  }
}

const amongSets = remembered((sets: readonly PodSet[]) => new Nearby(sets, (set) => [set]));

/** All sets that may have a pod in common with `set`, and perhaps others, in their order. */
export function setsNear(sets: readonly PodSet[], set: PodSet): readonly PodSet[] {
  return sets.length <= FEW ? sets : amongSets(sets).to(set);
}

/** The labels that every pod of a set has, with one of a list of values. */
function requiredLabels(set: PodSet): RequiredLabel[] {
  return SIDES.flatMap((side) =>
    [...set[side]].flatMap(([key, { but, listed, absent }]) =>
      but || absent ? [] : { side, key, values: listed },
    ),
  );
}

function valuesOf({ side, key, values }: RequiredLabel): readonly string[] {
  return values.map((value) => `${side} ${key}=${value}`);
}
