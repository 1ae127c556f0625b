import type { KnownRequirement, LabelSelectorRequirement } from './label-selector';

/** The values that a label may have, as far as requirements say so. */
export interface LabelValues {
  /** Whether every value but those listed is meant; else only those. */
  readonly but: boolean;
  /** Sorted, each once. */
  readonly listed: readonly string[];
  /** Whether the label may be missing. */
  readonly absent: boolean;
}

/** What labels may be, by their keys; every other label may be anything. */
export type LabelBounds = ReadonlyMap<string, LabelValues>;

/** Labels that may be anything. */
export const ANY_LABELS: LabelBounds = new Map();

/** What requirements leave of labels that may be anything; undefined where they contradict each other. */
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

/** What fits both; undefined where nothing does. */
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

/** Whether everything that fits the first bounds fits the second. */
export function areBoundsWithin(narrow: LabelBounds, wide: LabelBounds): boolean {
  for (const [key, values] of wide) {
    const own = narrow.get(key);
    if (own === undefined || !hasAll(values, own)) {
      return false;
    }
  }
  return true;
}

/** Whether nothing fits both bounds. */
export function areApart(a: LabelBounds, b: LabelBounds): boolean {
  for (const [key, values] of b) {
    const own = a.get(key);
    if (own !== undefined && !haveCommon(own, values)) {
      return true;
    }
  }
  return false;
}

/** What is left of a label's values within bounds. */
export function meetAt(bounds: LabelBounds, key: string, values: LabelValues): LabelValues {
  const own = bounds.get(key);
  return own === undefined ? values : bothValues(own, values);
}

/** Whether labels fit bounds. */
export function fitsBounds(labels: Readonly<Record<string, string>>, bounds: LabelBounds): boolean {
  for (const [key, { but, listed, absent }] of bounds) {
    // Under a key such as `constructor` every object has something, which is no text and no label.
    const value: unknown = labels[key];
    const fits = typeof value === 'string' ? listed.includes(value) !== but : absent;
    if (!fits) {
      return false;
    }
  }
  return true;
}

export function isImpossible({ but, listed, absent }: LabelValues): boolean {
  return !but && listed.length === 0 && !absent;
}

/** Every value that is not among these. */
export function otherValues({ but, listed, absent }: LabelValues): LabelValues {
  return { but: !but, listed, absent: !absent };
}

/** The value of a label that has just one. */
export function onlyValue({ but, listed, absent }: LabelValues): string | undefined {
  return but || absent || listed.length !== 1 ? undefined : listed[0];
}

/** The requirements that say so; those of a selector for one key are one line, or two. */
export function requirementsFor(key: string, { but, listed, absent }: LabelValues): KnownRequirement[] {
  if (!but) {
    return [absent ? { key, operator: 'DoesNotExist' } : { key, operator: 'In', values: listed }];
  }
  const exists = absent ? [] : [{ key, operator: 'Exists' as const }];
  return listed.length === 0 ? exists : [...exists, { key, operator: 'NotIn', values: listed }];
}

/** The same text for the same bounds. */
export function textOfBounds(bounds: LabelBounds): string {
  return [...bounds]
    .map(([key, { but, listed, absent }]) => {
      // A comma before each: an empty value is other than none.
      const values = listed.map((value) => `,${value}`).join('');
      return `${key}${but ? '!' : '='}${values}${absent ? '?' : ''}`;
    })
    .sort()
    .join(' ');
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
    return wide.but && wide.listed.every((value) => narrow.listed.includes(value));
  }
  return narrow.listed.every((value) => wide.listed.includes(value) !== wide.but);
}

function haveCommon(a: LabelValues, b: LabelValues): boolean {
  if ((a.absent && b.absent) || (a.but && b.but)) {
    return true;
  }
  const [some, other] = a.but ? [b, a] : [a, b];
  return some.listed.some((value) => other.listed.includes(value) !== other.but);
}

function bothValues(a: LabelValues, b: LabelValues): LabelValues {
  const absent = a.absent && b.absent;
  if (a.but && b.but) {
    return { but: true, listed: [...new Set([...a.listed, ...b.listed])].sort(), absent };
  }
  const [some, other] = a.but ? [b, a] : [a, b];
  return {
    but: false,
    listed: some.listed.filter((value) => other.listed.includes(value) !== other.but),
    absent,
  };
}
