import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import { isPlainObject, show } from '../model/problem';

/** A field that differs between two versions of an object. */
export interface FieldChange {
  /** `spec.ingress[0].ports[1].port`, `metadata.labels["app.kubernetes.io/name"]` */
  readonly field: string;
  /** JSON of at most 80 characters; left out if the field is new. */
  readonly before?: string;
  /** JSON of at most 80 characters; left out if the field was removed. */
  readonly after?: string;
}

/** The innermost fields that differ between two plain objects, in the order of their paths. */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  return [...changesAt([], before, after)];
}

function* changesAt(path: FieldPath, before: unknown, after: unknown): Generator<FieldChange> {
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      yield* changesAt([...path, i], before[i], after[i]);
    }
  } else if (isPlainObject(before) && isPlainObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      yield* changesAt([...path, key], before[key], after[key]);
    }
  } else if (before !== after) {
    const shown = (value: unknown) => (value === undefined ? undefined : show(value));
    yield defined({ field: quotedText(path), before: shown(before), after: shown(after) });
  }
}

/** A path as text; keys with dots or slashes, such as those of labels, stand in brackets. */
function quotedText(path: FieldPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number' || !/^\w+$/.test(key)) {
      return `${text}[${JSON.stringify(key)}]`;
    }
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
