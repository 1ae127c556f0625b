import { inside, placeOf, type Spot } from '../model/place';
import { checkEach, isList, isMap, isString, type Problems, show, type ValueCheck } from '../model/problem';

/* What the schema of a CustomResourceDefinition can ask of a value. Fields that it does not know are pruned. */

/** A text. @param fits how it may be; `asks` says so in words */
export function text({
  fits,
  asks = '',
  most,
}: {
  readonly fits?: (text: string) => boolean;
  readonly asks?: string;
  readonly most?: number;
} = {}): ValueCheck {
  return (value, at, problems) => {
    if (!isString(value, at, problems)) {
      return;
    }
    const isLong = most !== undefined && value.length > most;
    if (isLong || fits?.(value) === false) {
      problems.push({
        code: 'value-unknown',
        at: placeOf(at),
        got: show(value),
        problem: isLong ? `at most ${most} characters may stand here` : `${asks} has to stand here`,
        fix: isLong ? 'shorten it' : `write ${asks}`,
      });
    }
  };
}

export function oneOf(values: readonly string[]): ValueCheck {
  return text({ fits: (each) => values.includes(each), asks: `one of ${values.join(', ')}` });
}

export function integer(first: number, last: number): ValueCheck {
  return (value, at, problems) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < first || value > last) {
      problems.push({
        code: 'type-mismatch',
        at: placeOf(at),
        got: show(value),
        value,
        problem: `must be an integer from ${first} to ${last}`,
        fix: 'write the number, without quotes',
      });
    }
  };
}

export const truth: ValueCheck = (value, at, problems) => {
  if (typeof value !== 'boolean') {
    problems.push({
      code: 'type-mismatch',
      at: placeOf(at),
      got: show(value),
      value,
      problem: 'must be true or false',
      fix: 'write true or false, without quotes',
    });
  }
};

/** @param most it may have so many entries */
export function listOf(check: ValueCheck, most = Number.POSITIVE_INFINITY): ValueCheck {
  return (value, at, problems) => {
    if (!isList(value, at, problems)) {
      return;
    }
    if (value.length > most) {
      problems.push({
        code: 'list-too-long',
        at: placeOf(at),
        got: `${value.length} entries`,
        problem: `the list may have at most ${most} entries`,
        fix: 'divide it among several entries of the list around it',
      });
    }
    checkEach(value, at, problems, check);
  };
}

/** A map whose keys may be any. */
export function mapOf(check: ValueCheck): ValueCheck {
  return (value, at, problems) => {
    if (isMap(value, at, problems)) {
      for (const [key, each] of Object.entries(value)) {
        check(each, inside(at, key), problems);
      }
    }
  };
}

interface Needs {
  readonly all?: readonly string[];
  readonly exactlyOne?: readonly string[];
  readonly atLeastOne?: readonly string[];
}

/** An object with these fields, and others that the schema does not know. */
export function fieldsOf(fields: Readonly<Record<string, ValueCheck>>, needs: Needs = {}): ValueCheck {
  return (value, at, problems) => {
    if (!isMap(value, at, problems)) {
      return;
    }
    for (const [field, check] of Object.entries(fields)) {
      if (value[field] !== undefined) {
        check(value[field], inside(at, field), problems);
      }
    }
    checkNeeds(value, needs, at, problems);
  };
}

function checkNeeds(
  value: Readonly<Record<string, unknown>>,
  { all = [], exactlyOne, atLeastOne }: Needs,
  at: Spot,
  problems: Problems,
): void {
  const has = (field: string) => value[field] !== undefined;
  for (const field of all.filter((each) => !has(each))) {
    missing(`${field} is missing`, `add ${field}`, at, problems);
  }
  const found = exactlyOne?.filter(has) ?? [];
  if (exactlyOne !== undefined && found.length !== 1) {
    const names = exactlyOne.join(', ');
    if (found.length === 0) {
      missing(`one of ${names} is missing`, 'add one of them', at, problems);
    } else {
      problems.push({
        code: 'fields-exclusive',
        at: placeOf(at),
        got: found.join(' and '),
        problem: `only one of ${names} may stand here`,
        fix: 'write an entry for each',
      });
    }
  }
  if (atLeastOne !== undefined && !atLeastOne.some(has)) {
    missing(`one of ${atLeastOne.join(', ')} is missing`, 'add one that has a rule', at, problems);
  }
}

function missing(problem: string, fix: string, at: Spot, problems: Problems): void {
  problems.push({ code: 'field-missing', at: placeOf(at), got: show(undefined), problem, fix });
}
