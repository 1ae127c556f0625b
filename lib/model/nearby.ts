import { append, remember, remembered } from './collections';
import type { LabelValues } from './label-values';
import type { PodSet } from './pod-set';

/** Among so few nobody is sought. */
const FEW = 8;

const SIDES = ['namespaces', 'pods'] as const;

/** A label of namespaces or of pods, and the values that somebody asks it for. */
interface Asked {
  readonly side: (typeof SIDES)[number];
  readonly key: string;
  readonly values: readonly string[];
}

/** The things that stand under a label, each by its place among all. */
interface Shelf extends Omit<Asked, 'values'> {
  readonly byValue: Map<string, number[]>;
}

/**
 * Things by the pods that they are about. Who asks for the pods of one application is apart from who asks for those of
 * another, so a set of pods has to be compared with few of many.
 */
export class Nearby<T> {
  private known: { readonly shelves: readonly Shelf[]; readonly others: readonly number[] } | undefined;

  /** @param setsOf the pods that a thing is about */
  public constructor(
    public readonly all: readonly T[],
    private readonly setsOf: (each: T) => readonly PodSet[],
  ) {}

  /** Those about some pod whose labels fit a set, and perhaps others; in their order. */
  public to(set: PodSet): readonly T[] {
    if (this.all.length <= FEW) {
      return this.all;
    }
    this.known ??= this.arrange();
    const found = new Set(this.known.others);
    for (const { side, key, byValue } of this.known.shelves) {
      const own = set[side].get(key);
      for (const places of own === undefined || own.but ? byValue.values() : under(own, byValue)) {
        for (const place of places) {
          found.add(place);
        }
      }
    }
    return found.size === this.all.length
      ? this.all
      : [...found].sort((a, b) => a - b).map((place) => this.all[place] as T);
  }

  /** A set stands under the label whose values the fewest ask for: what all ask for tells nobody apart. */
  private arrange(): NonNullable<typeof this.known> {
    const sets = this.all.flatMap((each, place) =>
      this.setsOf(each).map((set) => ({ place, labels: labelsOf(set) })),
    );
    const counts = new Map<string, number>();
    for (const name of sets.flatMap(({ labels }) => labels.flatMap(namesOf))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const count = (label: Asked) => namesOf(label).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
    const shelves = new Map<string, Shelf>();
    const others: number[] = [];
    for (const { place, labels } of sets) {
      const [rarest] = labels.length < 2 ? labels : labels.sort((a, b) => count(a) - count(b));
      if (rarest === undefined) {
        others.push(place);
        continue;
      }
      const { side, key, values } = rarest;
      const { byValue } = remember(shelves, `${side} ${key}`, () => ({ side, key, byValue: new Map() }));
      for (const value of values) {
        append(byValue, value, place);
      }
    }
    return { shelves: [...shelves.values()], others };
  }
}

const amongSets = remembered((sets: readonly PodSet[]) => new Nearby(sets, (set) => [set]));

/** Those of some sets that may have a pod in common with another set, and perhaps more of them; in their order. */
export function setsNear(sets: readonly PodSet[], set: PodSet): readonly PodSet[] {
  return sets.length <= FEW ? sets : amongSets(sets).to(set);
}

/** The labels that every pod of a set has, with one of few values. */
function labelsOf(set: PodSet): Asked[] {
  return SIDES.flatMap((side) =>
    [...set[side]].flatMap(([key, { but, listed, absent }]) =>
      but || absent ? [] : { side, key, values: listed },
    ),
  );
}

function namesOf({ side, key, values }: Asked): readonly string[] {
  return values.map((value) => `${side} ${key}=${value}`);
}

function under({ listed }: LabelValues, byValue: Shelf['byValue']): readonly (readonly number[])[] {
  return listed.flatMap((value) => {
    const places = byValue.get(value);
    return places === undefined ? [] : [places];
  });
}
