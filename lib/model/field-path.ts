import { remember, remembered } from './collections';

/** The way to a field of an object: keys, and places in lists from 0. */
export type FieldPath = readonly (string | number)[];

/** `spec.ingress[0].from[1]` */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** Places further on in a list are not shared: there are few of them, and each would stay in memory. */
const SHARED_PLACES = 32;

const children = remembered((_: FieldPath) => new Map<string | number, FieldPath>());

/** The way to what is in a field. Policies look alike, so the same way from the same field is one object. */
export function fieldIn(path: FieldPath, part: string | number): FieldPath {
  return typeof part === 'number' && part >= SHARED_PLACES
    ? [...path, part]
    : remember(children(path), part, () => [...path, part]);
}

/** Whether a field is another one, or lies in it. */
export function liesIn(path: FieldPath, above: FieldPath): boolean {
  return above.length <= path.length && above.every((part, i) => part === path[i]);
}

/** Whether two ways lead to the same field. */
export function isSame(a: FieldPath | undefined, b: FieldPath): boolean {
  return a !== undefined && a.length === b.length && liesIn(a, b);
}
