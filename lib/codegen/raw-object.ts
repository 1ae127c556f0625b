import { describePlace, inside, placeOf, type Spot } from '../model/place';
import { isPlainObject } from '../model/problem';
import { type Code, list, object } from './code';
import { quoted } from './literals';

/** Fields that cdk8s takes for something else, so that an object with them cannot be written. */
const UNWRITABLE: readonly string[] = ['constructor', '__proto__'];

/** Why cdk8s would not write an object as it is; undefined when it would. */
export function whyUnwritable(value: unknown, at: Spot = []): string | undefined {
  if (value === null) {
    return `${textOf(at)} is null, which cdk8s leaves out`;
  }
  if (Array.isArray(value)) {
    return firstOf(value.map((entry, i) => whyUnwritable(entry, inside(at, i))));
  }
  if (isPlainObject(value)) {
    const keys = Object.keys(value);
    const odd = keys.find((key) => UNWRITABLE.includes(key));
    return odd === undefined
      ? firstOf(keys.map((key) => whyUnwritable(value[key], inside(at, key))))
      : `${textOf(inside(at, odd))} is a name that cdk8s takes for something else`;
  }
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isPlain ? undefined : `${textOf(at)} is no value that a manifest can hold`;
}

function textOf(at: Spot): string {
  return describePlace(placeOf(at));
}

function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}

/** A value as a literal. */
export function valueCode(value: unknown): Code {
  if (Array.isArray(value)) {
    return list(value.map((entry) => ({ code: valueCode(entry) })));
  }
  if (isPlainObject(value)) {
    return object(Object.entries(value).map(([name, inner]) => ({ name, code: valueCode(inner) })));
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}
