import { describePlace, inside, placeOf, type Spot } from '../model/place';
import { isPlainObject } from '../model/problem';
import { type Code, list, object } from './code';
import { quoted } from './literals';

/** Fields that cdk8s treats specially, so that it cannot write an object with them. */
const UNWRITABLE: readonly string[] = ['constructor', '__proto__'];

/** Why cdk8s would change an object; undefined if it would not. */
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
      : `${textOf(inside(at, odd))} is a name that cdk8s treats specially`;
  }
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isPlain ? undefined : `${textOf(at)} is not a value that a manifest can contain`;
}

function textOf(at: Spot): string {
  return describePlace(placeOf(at));
}

function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}

export function valueCode(value: unknown): Code {
  if (Array.isArray(value)) {
    return list(value.map((entry) => ({ code: valueCode(entry) })));
  }
  if (isPlainObject(value)) {
    return object(Object.entries(value).map(([name, inner]) => ({ name, code: valueCode(inner) })));
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}
