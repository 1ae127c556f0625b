import { compare } from './collections';
import { isPlainObject } from './problem';

/**
 * A value as JSON, equal for equal content in whatever order of keys.
 *
 * @param leftOut keys to ignore, at any depth
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
