import { remember, remembered } from './collections';

/** The path of a field in an object: keys and list indexes. */
export type FieldPath = readonly (string | number)[];

/** `spec.ingress[0].from[1]` */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** Paths to later entries of a list are not shared: they are rare, and each would stay in memory. */
const SHARED_INDEXES = 32;

const children = remembered((_: FieldPath) => new Map<string | number, FieldPath>());

/** The path of a field inside another. Policies have many paths in common, so equal paths share one object. */
export function fieldIn(path: FieldPath, part: string | number): FieldPath {
  return typeof part === 'number' && part >= SHARED_INDEXES
    ? [...path, part]
    : remember(children(path), part, () => [...path, part]);
}

/** The value of a field; undefined where there is none. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Readonly<Record<string | number, unknown>>)[part]
        : undefined,
    value,
  );
}

/** Whether a path is `above`, or a field inside it. */
export function liesIn(path: FieldPath, above: FieldPath): boolean {
  return above.length <= path.length && above.every((part, i) => part === path[i]);
}

export function isSame(a: FieldPath | undefined, b: FieldPath): boolean {
  return a !== undefined && a.length === b.length && liesIn(a, b);
}
