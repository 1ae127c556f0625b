import { editDistance } from '../model/edit-distance';
import { inside, placeOf, type Spot } from '../model/place';
import { checkFields, fieldUnknown, isList, isMap, type Problems, refuseIf } from '../model/problem';

/**
 * Refuses options that are not an object or have an unknown field. A misspelt option would count as missing, and a missing
 * option allows more.
 *
 * @throws NetworkPolicyError `type-mismatch`, `field-unknown`
 */
export function checkOptions(options: unknown, known: readonly string[], at: string): void {
  refuseIf((problems) => {
    if (isMap(options, at, problems)) {
      checkFields(options, known, at, problems);
    }
  });
}

/**
 * Refuses props that are not an object or have a misspelt field. Other unknown fields are accepted, because a subclass may
 * have props of its own.
 *
 * @throws NetworkPolicyError `type-mismatch`, `field-unknown`
 */
export function checkProps(props: unknown, known: readonly string[], at: string): void {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    checkOptions(props, known, at);
  }
  const fields = Object.keys(props as object);
  const missing = known.filter((field) => !fields.includes(field));
  refuseIf((problems) => {
    for (const field of fields.filter((each) => !known.includes(each))) {
      const meant = missing.find((each) => editDistance(field, each) <= (each.length > 5 ? 2 : 1));
      if (meant !== undefined) {
        problems.push(fieldUnknown(field, at, meant, known));
      }
    }
  });
}

/** @throws NetworkPolicyError `type-mismatch` */
export function checkList(value: unknown, at: string): void {
  refuseIf((problems) => isList(value, at, problems));
}

/**
 * Refuses null anywhere inside a value: the API server reads it as empty text, cdk8s leaves it out, and neither was meant.
 *
 * @param missing fields in which null counts as missing
 */
export function refuseNulls(
  value: unknown,
  at: Spot,
  problems: Problems,
  missing: readonly string[] = [],
): void {
  const isList = Array.isArray(value);
  for (const key in value as object) {
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner !== 'object' || (inner === null && missing.includes(key))) {
      continue;
    }
    const place = inside(at, isList ? Number(key) : key);
    if (inner !== null) {
      refuseNulls(inner, place, problems, missing);
    } else {
      problems.push({
        code: 'type-mismatch',
        at: placeOf(place),
        got: 'null',
        problem: 'null is not a value',
        fix: 'give a value, or leave the entry out',
      });
    }
  }
}
