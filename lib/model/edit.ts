import type { PolicyObject } from './cluster';
import type { FieldPath } from './field-path';
import type { ObjectReference } from './finding';

/** A change of the objects of a cluster, as data. */
export type Edit =
  | { readonly kind: 'create'; readonly object: PolicyObject }
  | { readonly kind: 'delete'; readonly of: ObjectReference }
  | FieldEdit;

/** A change of a field: write a value, add an entry to a list, or remove the field. */
export type FieldEdit = { readonly of: ObjectReference; readonly at: FieldPath } & (
  | { readonly kind: 'write' | 'add'; readonly value: unknown }
  | { readonly kind: 'remove' }
);

/** A copy of an object with a field changed. Missing parents of the field are created. */
export function edited<T extends object>(object: T, edit: FieldEdit): T {
  return change(object, edit.at, edit) as T;
}

function change(value: unknown, [part, ...rest]: FieldPath, edit: FieldEdit): unknown {
  if (part === undefined) {
    return edit.kind === 'add' ? [...listIn(value), edit.value] : edit.kind === 'write' ? edit.value : value;
  }
  const isGone = edit.kind === 'remove' && rest.length === 0;
  if (typeof part === 'number') {
    const list = listIn(value);
    return isGone
      ? list.filter((_, i) => i !== part)
      : Object.assign([...list], { [part]: change(list[part], rest, edit) });
  }
  const { [part]: inner, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>;
  // The spread comes first, so that an existing field keeps its position.
  return isGone ? others : { ...(value as object | undefined), [part]: change(inner, rest, edit) };
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
