import { checkFields, isList, isMap, type Problems, refuseIf } from '../model/problem';

/**
 * Refuses an options object that is none or has a field nobody knows: a misspelt option would be left out, and
 * what is left out allows more.
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

/** @throws NetworkPolicyError `type-mismatch` */
export function checkMap(value: unknown, at: string): void {
  refuseIf((problems) => isMap(value, at, problems));
}

/** @throws NetworkPolicyError `type-mismatch` */
export function checkList(value: unknown, at: string): void {
  refuseIf((problems) => isList(value, at, problems));
}

/**
 * Refuses a null anywhere inside a value. The server reads one as an empty text and cdk8s leaves it out: what was
 * meant is neither.
 *
 * @param missing fields in which null means the same as leaving them out
 */
export function refuseNulls(
  value: unknown,
  at: string,
  problems: Problems,
  missing: readonly string[] = [],
): void {
  for (const [key, inner] of Object.entries(value ?? {})) {
    const place = Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`;
    if (inner === null && !missing.includes(key)) {
      problems.push({
        code: 'type-mismatch',
        at: place,
        got: 'null',
        problem: 'stands for nothing',
        fix: 'give a value, or leave the entry out',
      });
    } else if (typeof inner === 'object' && inner !== null) {
      refuseNulls(inner, place, problems, missing);
    }
  }
}
