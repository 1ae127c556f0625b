import { type FieldPath, fieldIn } from '../model/field-path';
import { isPlainObject } from '../model/problem';

/** Ends the reading of a policy at the first field of which it is not known for sure what Cilium makes of it. */
export class Unread extends Error {
  public constructor(public readonly at: FieldPath) {
    super();
  }
}

/** Of fields with longer names the object is named. */
const LONGEST_KEY = 80;

/**
 * The fields of an object.
 *
 * @param known those that it may have: another one ends the reading
 */
export function readFields<K extends string>(
  value: unknown,
  at: FieldPath,
  known: readonly K[],
): Readonly<Partial<Record<K, unknown>>> {
  if (!isPlainObject(value)) {
    throw new Unread(at);
  }
  for (const [key, each] of Object.entries(value)) {
    if (each === null || each === undefined || !known.some((name) => name === key)) {
      // A message names it, and it may be as long as somebody likes.
      throw new Unread(key.length > LONGEST_KEY ? at : fieldIn(at, key));
    }
  }
  return value as Partial<Record<K, unknown>>;
}

/** The entries of a map, whatever their keys. */
export function readEntries(value: unknown, at: FieldPath): readonly (readonly [string, unknown])[] {
  if (!isPlainObject(value)) {
    throw new Unread(at);
  }
  return Object.entries(value);
}

export function readList<T>(value: unknown, at: FieldPath, read: (entry: unknown, at: FieldPath) => T): T[] {
  if (!Array.isArray(value)) {
    throw new Unread(at);
  }
  return value.map((entry, i) => read(entry, fieldIn(at, i)));
}

/** @param fits texts that it may be */
export function readText(value: unknown, at: FieldPath, fits: RegExp): string {
  if (typeof value !== 'string' || !fits.test(value)) {
    throw new Unread(at);
  }
  return value;
}
