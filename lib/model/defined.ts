/** Fields of which those that may be `undefined` may be missing instead. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * The fields that are not `undefined`, in their order: what is not known is left out, as types and outputs have it.
 */
export function defined<T extends object>(fields: T): Defined<T> {
  const known: Record<string, unknown> = {};
  // The fastest way there is, so that it may stand where an object is made for each pod: no array, and no spread.
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) {
      known[name] = value;
    }
  }
  return known as Defined<T>;
}
