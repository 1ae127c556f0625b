/** The same fields; those that may be `undefined` are optional instead. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The lists that are not empty. */
export function filled<T extends Readonly<Record<string, readonly unknown[]>>>(
  lists: T,
): { readonly [K in keyof T]?: T[K] } {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<T>;
}

/** The fields that are not `undefined`, in their order. */
export function defined<T extends object>(fields: T): Defined<T> {
  const known: Record<string, unknown> = {};
  // It runs for each pod, so it makes neither an array nor a spread.
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) {
      known[name] = value;
    }
  }
  return known as Defined<T>;
}
