/**
 * A set of numbers as its boundaries: `[80, 81, 8000, 8101]` is 80 and 8000 to 8100.
 * Invariants: the boundaries are strictly ascending and even in number. So the intervals are sorted, disjoint and merged,
 * and a number is in the set if the number of boundaries at or below it is odd.
 */
export type Intervals<T extends number | bigint> = readonly T[];

/** Whether a number belongs to a combination of two sets, given whether it is in each. */
type Keep = (inA: boolean, inB: boolean) => boolean;

const EITHER: Keep = (a, b) => a || b;
const BOTH: Keep = (a, b) => a && b;
const FIRST_ONLY: Keep = (a, b) => a && !b;

export function union<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  return a.length === 0 ? b : b.length === 0 ? a : combine(a, b, EITHER);
}

/** The union of many sets, in the time of sorting them. */
export function unionOf<T extends number | bigint>(sets: readonly Intervals<T>[]): Intervals<T> {
  const boundaries: T[] = [];
  const intervals = sets.flatMap((set) => [...pairs(set)]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [from, to] of intervals) {
    const end = boundaries.at(-1);
    if (end === undefined || end < from) {
      boundaries.push(from, to);
    } else if (end < to) {
      boundaries[boundaries.length - 1] = to;
    }
  }
  return boundaries;
}

export function intersect<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  return a.length === 0 ? a : b.length === 0 ? b : combine(a, b, BOTH);
}

export function subtract<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  return a.length === 0 || b.length === 0 ? a : combine(a, b, FIRST_ONLY);
}

/** Whether two sets have a number in common. */
export function overlap<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if ((a[i + 1] as T) <= (b[j] as T)) {
      i += 2;
    } else if ((b[j + 1] as T) <= (a[i] as T)) {
      j += 2;
    } else {
      return true;
    }
  }
  return false;
}

/** The number of boundaries at or below `value`: odd inside the set, even outside. */
export function rank<T extends number | bigint>(set: Intervals<T>, value: T): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle] as T) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The intervals: for each the first number and the one after its last. */
export function* pairs<T extends number | bigint>(set: Intervals<T>): Generator<readonly [T, T]> {
  for (let i = 0; i < set.length; i += 2) {
    yield [set[i] as T, set[i + 1] as T];
  }
}

function combine<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>, keep: Keep): Intervals<T> {
  const boundaries: T[] = [];
  let inside = false;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const at = j >= b.length || (i < a.length && (a[i] as T) <= (b[j] as T)) ? (a[i] as T) : (b[j] as T);
    if (a[i] === at) {
      i += 1;
    }
    if (b[j] === at) {
      j += 1;
    }
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== inside) {
      boundaries.push(at);
      inside = now;
    }
  }
  return boundaries;
}
