import { remembered } from './collections';
import type { KnownRequirement, LabelSelectorRequirement } from './label-selector';

/** The values that a label may have. */
export interface LabelValues {
  /** Whether it may have every value except those listed; else only those. */
  readonly but: boolean;
  /** Sorted, each once. */
  readonly listed: readonly string[];
  readonly absent: boolean;
}

/** The values that labels may have, by key. A label without an entry may have any value, or be missing. */
export type LabelBounds = ReadonlyMap<string, LabelValues>;

export const ANY_LABELS: LabelBounds = new Map();

/** The labels that meet all requirements; undefined if these contradict each other. */
export function boundsOf(requirements: readonly LabelSelectorRequirement[]): LabelBounds | undefined {
  const bounds = new Map<string, LabelValues>();
  for (const requirement of requirements) {
    const { key } = requirement;
    const before = bounds.get(key);
    const values = before === undefined ? valuesOf(requirement) : bothValues(before, valuesOf(requirement));
    if (isImpossible(values)) {
      return undefined;
    }
    bounds.set(key, values);
  }
  return bounds;
}

/** The labels that fit both; undefined if none do. */
export function bothBounds(a: LabelBounds, b: LabelBounds): LabelBounds | undefined {
  if (a.size === 0 || b.size === 0) {
    return a.size === 0 ? b : a;
  }
  const both = new Map(a);
  for (const [key, values] of b) {
    const met = meetAt(a, key, values);
    if (isImpossible(met)) {
      return undefined;
    }
    both.set(key, met);
  }
  return both;
}

/** Whether all labels that fit the first bounds fit the second. */
export function areBoundsWithin(narrow: LabelBounds, wide: LabelBounds): boolean {
  for (const [key, values] of wide) {
    const own = narrow.get(key);
    if (own === undefined || !hasAll(values, own)) {
      return false;
    }
  }
  return true;
}

export function areApart(a: LabelBounds, b: LabelBounds): boolean {
  for (const [key, values] of b) {
    const own = a.get(key);
    if (own !== undefined && !haveCommon(own, values)) {
      return true;
    }
  }
  return false;
}

/** Those of a label's values that also fit bounds. */
export function meetAt(bounds: LabelBounds, key: string, values: LabelValues): LabelValues {
  const own = bounds.get(key);
  return own === undefined ? values : bothValues(own, values);
}

export function fitsBounds(labels: Readonly<Record<string, string>>, bounds: LabelBounds): boolean {
  for (const [key, { but, listed, absent }] of bounds) {
    // Every object has a `constructor`, which is not a label.
    const value: unknown = labels[key];
    const fits = typeof value === 'string' ? listIncludes(listed, value) !== but : absent;
    if (!fits) {
      return false;
    }
  }
  return true;
}

export function isImpossible({ but, listed, absent }: LabelValues): boolean {
  return !but && listed.length === 0 && !absent;
}

/** All values except these. */
export function otherValues({ but, listed, absent }: LabelValues): LabelValues {
  return { but: !but, listed, absent: !absent };
}

/** The only value that a label may have; undefined if there are several. */
export function onlyValue({ but, listed, absent }: LabelValues): string | undefined {
  return but || absent || listed.length !== 1 ? undefined : listed[0];
}

/** These values as requirements of a selector: one or two. */
export function requirementsFor(key: string, { but, listed, absent }: LabelValues): KnownRequirement[] {
  if (!but) {
    return [absent ? { key, operator: 'DoesNotExist' } : { key, operator: 'In', values: listed }];
  }
  const exists = absent ? [] : [{ key, operator: 'Exists' as const }];
  return listed.length === 0 ? exists : [...exists, { key, operator: 'NotIn', values: listed }];
}

export function keyOfBounds(bounds: LabelBounds): string {
  return [...bounds]
    .map(([key, { but, listed, absent }]) => {
      // A comma before each value tells an empty value from no value.
      const values = listed.map((value) => `,${value}`).join('');
      return `${key}${but ? '!' : '='}${values}${absent ? '?' : ''}`;
    })
    .sort()
    .join(' ');
}

/** Up to this length a list is searched without a set. */
const FEW = 8;

const setOf = remembered((values: readonly string[]) => new Set(values));

/** `values.includes(value)`, also fast for a long list that is asked often. */
export function listIncludes(values: readonly string[], value: string): boolean {
  return values.length <= FEW ? values.includes(value) : setOf(values).has(value);
}

function valuesOf({ operator, values = [] }: LabelSelectorRequirement): LabelValues {
  const listed = values.length < 2 ? values : [...new Set(values)].sort();
  switch (operator) {
    case 'In':
      return { but: false, listed, absent: false };
    case 'NotIn':
      return { but: true, listed, absent: true };
    case 'Exists':
      return { but: true, listed: [], absent: false };
    default:
      return { but: false, listed: [], absent: true };
  }
}

function hasAll(wide: LabelValues, narrow: LabelValues): boolean {
  if (narrow.absent && !wide.absent) {
    return false;
  }
  if (narrow.but) {
    return wide.but && wide.listed.every((value) => listIncludes(narrow.listed, value));
  }
  return narrow.listed.every((value) => listIncludes(wide.listed, value) !== wide.but);
}

function haveCommon(a: LabelValues, b: LabelValues): boolean {
  if ((a.absent && b.absent) || (a.but && b.but)) {
    return true;
  }
  const [some, other] = a.but ? [b, a] : [a, b];
  return some.listed.some((value) => listIncludes(other.listed, value) !== other.but);
}

function bothValues(a: LabelValues, b: LabelValues): LabelValues {
  const absent = a.absent && b.absent;
  if (a.but && b.but) {
    return { but: true, listed: [...new Set([...a.listed, ...b.listed])].sort(), absent };
  }
  const [some, other] = a.but ? [b, a] : [a, b];
  return {
    but: false,
    listed: some.listed.filter((value) => listIncludes(other.listed, value) !== other.but),
    absent,
  };
}
