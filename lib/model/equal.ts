/**
 * Whether two plain values are equal, whatever the order of their fields; `isDeepStrictEqual` of Node takes twice as long,
 * and no browser has it.
 */
export function areEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b);
  }
  if (a === b) {
    return true;
  }
  const [own, other] = [Object.entries(a), Object.entries(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    own.length === other.length &&
    own.every(([key, value]) => Object.hasOwn(b, key) && areEqual(value, (b as Record<string, unknown>)[key]))
  );
}
