import type { Namespace } from './cluster';
import { remember, remembered } from './collections';
import {
  areApart,
  areBoundsWithin,
  fitsBounds,
  isImpossible,
  keyOfBounds,
  type LabelBounds,
  type LabelValues,
  meetAt,
  otherValues,
} from './label-values';
import { type Labels, NAMESPACE_NAME_LABEL } from './labels';
import { isDnsLabel } from './names';
import { setsNear } from './nearby';
import { PodSet } from './pod-set';

/**
 * All pods that could exist beside the known ones: with any labels, in a declared namespace, whose labels are known, or
 * in any other namespace, with any labels.
 */
export class PodSpace {
  private readonly declared: ReadonlyMap<string, Labels>;
  private readonly answers = new Map<string, boolean>();
  /** Remembered because two versions of a cluster are compared once for each group. */
  private readonly compared = new WeakMap<PodSpace, boolean>();

  public constructor(namespaces: readonly Namespace[]) {
    this.declared = new Map(
      namespaces
        .filter(({ declared }) => declared)
        .map(({ name, labels }) => [name, { ...labels, [NAMESPACE_NAME_LABEL]: name }]),
    );
  }

  /** Whether the same namespaces are declared with the same labels, so that the same pods could exist. */
  public equals(other: PodSpace): boolean {
    let known = this.compared.get(other);
    if (known === undefined) {
      known = this === other || this.declaresWhat(other);
      this.compared.set(other, known);
    }
    return known;
  }

  /** Whether a set has a pod. */
  public readonly isPossible = remembered((set: PodSet): boolean => this.remains(set));

  /** Whether a set has a pod that is in none of the others. */
  public remains(set: PodSet, without: readonly PodSet[] = []): boolean {
    const near = without.filter((each) => !set.isApart(each));
    if (near.length === 0 && isOfOneNamespace(set)) {
      return true;
    }
    const key = JSON.stringify([set, ...near].map((each) => each.key));
    return remember(this.answers, key, () => this.search(set, near));
  }

  /** Whether every pod of a set is in one of the others. */
  public covers(wide: readonly PodSet[], narrow: PodSet): boolean {
    const close = setsNear(wide, narrow);
    if (close.some((each) => narrow.isWithin(each))) {
      return true;
    }
    const near = close.filter((each) => !narrow.isApart(each));
    const [only, ...more] = near;
    // If some labels of the pods do not fit the only set near, a pod with them is outside it, in any namespace.
    const isOutside = only === undefined || (more.length === 0 && !areBoundsWithin(narrow.pods, only.pods));
    return isOutside ? !this.isPossible(narrow) : !this.remains(narrow, near);
  }

  public overlap(a: PodSet, b: PodSet): boolean {
    const both = a.isApart(b) ? undefined : a.and(b);
    return both !== undefined && this.remains(both);
  }

  /** Whether some pod is in the set and in one of the others. */
  public overlaps(others: readonly PodSet[], set: PodSet): boolean {
    return setsNear(others, set).some((each) => this.overlap(each, set));
  }

  /** Splits a set into one for each namespace that it names; what it asks of labels that are declared there is left out. */
  public partsOf(set: PodSet): readonly PodSet[] {
    const names = set.namespaces.get(NAMESPACE_NAME_LABEL);
    if (names === undefined || names.but) {
      return [set];
    }
    if (isOfOneNamespace(set)) {
      return [set];
    }
    return names.listed.filter(isDnsLabel).flatMap((name) => {
      const labels = this.declared.get(name);
      if (labels !== undefined) {
        return fitsBounds(labels, set.namespaces) ? [set.within(nameAlone(name))] : [];
      }
      return [set.within(new Map([...set.namespaces, ...nameAlone(name)]))];
    });
  }

  /** The parts of a set in namespaces whose labels fit it in only one of the two spaces. */
  public relabelled(set: PodSet, other: PodSpace): readonly PodSet[] {
    return [...this.declared].flatMap(([name, labels]) => {
      const theirs = other.declared.get(name) ?? labels;
      const isSame = fitsBounds(labels, set.namespaces) === fitsBounds(theirs, set.namespaces);
      return isSame ? [] : [set.within(nameAlone(name))];
    });
  }

  private declaresWhat({ declared }: PodSpace): boolean {
    return (
      this.declared.size === declared.size &&
      [...this.declared].every(([name, labels]) => haveSameLabels(labels, declared.get(name) ?? {}))
    );
  }

  private search(set: PodSet, without: readonly PodSet[]): boolean {
    return this.isElsewhere(set, without) || this.isDeclared(set, without);
  }

  /** Whether such a pod can be in a namespace that is not declared. */
  private isElsewhere(set: PodSet, without: readonly PodSet[]): boolean {
    const names = this.namesElsewhere(set, without);
    if (isImpossible(names)) {
      return false;
    }
    const namespaces = new Map([...set.namespaces, [NAMESPACE_NAME_LABEL, names] as const]);
    return isLeft(
      [namespaces, set.pods],
      without.map((each) => [each.namespaces, each.pods]),
    );
  }

  /** The names that undeclared namespaces of a set may have. */
  private namesElsewhere(set: PodSet, without: readonly PodSet[]): LabelValues {
    const names = set.namespaces.get(NAMESPACE_NAME_LABEL);
    if (names === undefined || names.but) {
      const impossible = without.flatMap(namesIn).filter((name) => !isDnsLabel(name));
      return { but: true, listed: [...this.declared.keys(), ...namesIn(set), ...impossible], absent: false };
    }
    const listed = names.listed.filter((name) => isDnsLabel(name) && !this.declared.has(name));
    return { but: false, listed, absent: false };
  }

  private isDeclared(set: PodSet, without: readonly PodSet[]): boolean {
    const { namespace } = set;
    // Namespaces that fit the same sets give the same answer.
    const asked = new Set<string>();
    for (const name of namespace === undefined ? this.declared.keys() : [namespace]) {
      const labels = this.declared.get(name);
      if (labels === undefined || !fitsBounds(labels, set.namespaces)) {
        continue;
      }
      const fitting = without
        .filter(({ namespaces }) => fitsBounds(labels, namespaces))
        .map(({ pods }) => pods);
      const key = JSON.stringify(fitting.map(keyOfBounds));
      if (
        !asked.has(key) &&
        isLeft(
          [set.pods],
          fitting.map((pods) => [pods]),
        )
      ) {
        return true;
      }
      asked.add(key);
    }
    return false;
  }
}

function haveSameLabels(a: Labels, b: Labels): boolean {
  const own = Object.entries(a);
  return own.length === Object.keys(b).length && own.every(([key, value]) => b[key] === value);
}

/** Whether a set asks only for the name of one namespace, whose pods may have any labels. */
function isOfOneNamespace({ namespace, namespaces }: PodSet): boolean {
  return namespaces.size === 1 && namespace !== undefined && isDnsLabel(namespace);
}

function nameAlone(name: string): LabelBounds {
  return PodSet.inNamespace(name).namespaces;
}

/** The names of namespaces that a set includes or excludes. */
function namesIn({ namespaces }: PodSet): readonly string[] {
  return namespaces.get(NAMESPACE_NAME_LABEL)?.listed ?? [];
}

/** The labels of a namespace and of a pod in it, or of a pod alone. */
type Bounded = readonly LabelBounds[];

/** How often a set is looked at for one answer; real policies need some hundreds of steps. */
const MOST_STEPS = 1_000_000;

/**
 * Whether some labels fit the bounds and none of the others. For some selectors the search takes exponential time: when
 * it runs out of steps, the answer is yes, so at worst an answer has a row too many.
 */
function isLeft(bounds: Bounded, without: readonly Bounded[], steps = { left: MOST_STEPS }): boolean {
  steps.left -= without.length + 1;
  if (steps.left < 0) {
    return true;
  }
  const overlapping = without.filter((each) =>
    each.every((own, i) => !areApart(own, bounds[i] as LabelBounds)),
  );
  const [first, ...rest] = overlapping.sort((a, b) => sizeOf(a) - sizeOf(b));
  if (first === undefined) {
    return true;
  }
  // Labels are outside bounds if one of them has another value.
  return first.some((own, i) =>
    [...own].some(([key, values]) => {
      const outside = meetAt(bounds[i] as LabelBounds, key, otherValues(values));
      return (
        !isImpossible(outside) &&
        isLeft(
          bounds.map((each, j) => (i === j ? new Map([...each, [key, outside]]) : each)),
          rest,
          steps,
        )
      );
    }),
  );
}

function sizeOf(bounds: Bounded): number {
  return bounds.reduce((sum, { size }) => sum + size, 0);
}
