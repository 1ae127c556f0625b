/** Appends a value to the list of a key. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** `list.push(...values)` for any number of values: a call takes only about 100,000 arguments. */
export function appendAll<T>(list: T[], values: Iterable<T>): void {
  for (const value of values) {
    list.push(value);
  }
}

/** Adds one to the count of a key. */
export function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The value of a key, computed at the first request. */
export function remember<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = compute();
    known.set(key, value);
  }
  return value;
}

/** A function that computes its answer once for each object, and forgets it with the object. */
export function remembered<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      known.set(key, value);
    }
    return value;
  };
}

/** Compares texts by code units, so that the order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A number of its own for each pair of numbers below 2^26. */
export function pairKey(a: number, b: number): number {
  return a * 2 ** 26 + b;
}
