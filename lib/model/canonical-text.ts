import { compare } from './collections';
import { isPlainObject } from './problem';

/**
 * A value as JSON, the same text for the same content whatever the order of keys.
 *
 * @param leftOut keys that do not count, at any depth
 */
export function canonicalText(value: unknown, leftOut: readonly string[] = []): string {
  return JSON.stringify(value, (key, inner) =>
    leftOut.includes(key)
      ? undefined
      : isPlainObject(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b)))
        : inner,
  );
}
