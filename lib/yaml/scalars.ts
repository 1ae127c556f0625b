import type { Node } from './node';
import { UnreadableDocument } from './unreadable';

/*
 * kubectl and the API server read YAML with sigs.k8s.io/yaml, which uses go.yaml.in/yaml/v2: YAML 1.1, in which y, n, yes,
 * no, on and off are booleans and a leading zero means an octal number. Unlike YAML 1.1, it also reads 0o17 as octal and 08
 * as decimal, and leaves numbers to the base 60 and timestamps text. Keys become text as Go writes them.
 *
 * Source: resolve.go of go.yaml.in/yaml v2.4.3, yaml.go of sigs.k8s.io/yaml v1.6.0 (read 2026-11-30).
 */

/** The value of a scalar; a `bigint` for an integer that a number cannot represent exactly. */
export type ScalarValue = string | number | bigint | boolean | null;

const PREFIX = 'tag:yaml.org,2002:';

/** @throws UnreadableDocument if the text does not fit the tag */
export function valueOfScalar({ text, isPlain, tag, start = 0 }: Node): ScalarValue {
  if (tag === undefined) {
    return isPlain ? resolve(text) : text;
  }
  switch (tag) {
    case `${PREFIX}binary`:
      return decodeBase64(text, start);
    case `${PREFIX}bool`:
    case `${PREFIX}null`:
    case `${PREFIX}int`:
    case `${PREFIX}float`:
    case `${PREFIX}timestamp`:
      return resolveAs(tag.slice(PREFIX.length), text, start);
    default:
      // With an unknown tag the value is text.
      return text;
  }
}

const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...inThreeCases('y', true),
  ...inThreeCases('yes', true),
  ...inThreeCases('true', true),
  ...inThreeCases('on', true),
  ...inThreeCases('n', false),
  ...inThreeCases('no', false),
  ...inThreeCases('false', false),
  ...inThreeCases('off', false),
  ...inThreeCases('null', null),
  ['', null],
  ['~', null],
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['', '+', '-'].flatMap((sign) =>
    ['.inf', '.Inf', '.INF'].map((word) => [sign + word, sign === '-' ? -Infinity : Infinity] as const),
  ),
]);

/** The word in lower case, with a capital, and in upper case. */
function inThreeCases<T>(word: string, value: T): readonly (readonly [string, T])[] {
  return [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map(
    (each) => [each, value] as const,
  );
}

const LONGEST_WORD = 5;

/** The value of a plain scalar without a tag. */
function resolve(text: string): ScalarValue {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) {
      return word;
    }
  }
  const code = text.charCodeAt(0);
  // A number begins with a digit, a sign or a point. Most other texts that do are CIDRs.
  const mayBeNumber = (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
  return mayBeNumber && !text.includes('/') ? (readNumber(text) ?? text) : text;
}

/** Matches nearly every number. */
const PLAIN = /^[1-9][0-9]{0,9}$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/;
/** An integer of 64 bits has at most so many signs, letters and digits, one of them a zero in front. */
const LONGEST_INTEGER = 68;

/** The number that a plain scalar means, if any. */
function readNumber(source: string): number | bigint | undefined {
  if (PLAIN.test(source)) {
    return Number(source);
  }
  if (source.startsWith('.')) {
    // After a leading point, underscores are only allowed between digits; in other numbers anywhere.
    const fraction = source.replace(/(?<=[0-9])_(?=[0-9])/g, '');
    return isFraction(fraction, 0) ? finite(fraction) : undefined;
  }
  const text = source.replaceAll('_', '');
  return readInteger(text) ?? (isDecimal(text) ? finite(text) : undefined);
}

/** `-12`, `1.`, `+1.5e3`, `-.5`. Digits are skipped by hand: of many, an expression would remember each. */
function isDecimal(text: string): boolean {
  const start = /^[-+]/.test(text) ? 1 : 0;
  const end = digitsFrom(text, start);
  if (end === start) {
    return start === 1 && isFraction(text, start);
  }
  return isExponent(text, text.charAt(end) === '.' ? digitsFrom(text, end + 1) : end);
}

/** Whether the rest of a text is such as `.5e3`. */
function isFraction(text: string, at: number): boolean {
  const end = digitsFrom(text, at + 1);
  return text.charAt(at) === '.' && end > at + 1 && isExponent(text, end);
}

/** Whether the rest of a text is empty, or an exponent. */
function isExponent(text: string, at: number): boolean {
  if (at === text.length) {
    return true;
  }
  const start = at + (/[-+]/.test(text.charAt(at + 1)) ? 2 : 1);
  const end = digitsFrom(text, start);
  return /[eE]/.test(text.charAt(at)) && end > start && end === text.length;
}

function digitsFrom(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) {
    at++;
  }
  return at;
}

/** As in Go, a number that is too large stays text. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const MAX_INT64 = 2n ** 63n - 1n;

/** An integer of at most 64 bits. */
function readInteger(text: string): number | bigint | undefined {
  const short = withOneZero(text);
  const [, sign, hex, binary, octal, decimal = '0'] =
    (short.length <= LONGEST_INTEGER ? INTEGER.exec(short) : null) ?? [];
  if (sign === undefined) {
    return undefined;
  }
  const [prefix, digits] =
    hex !== undefined
      ? ['0x', hex]
      : binary !== undefined
        ? ['0b', binary]
        : octal !== undefined
          ? ['0o', octal]
          : ['', decimal];
  const size = BigInt(prefix + digits);
  const value = sign === '-' ? -size : size;
  if (value < -MAX_INT64 - 1n || value > (sign === '' ? 2n * MAX_INT64 + 1n : MAX_INT64)) {
    return undefined;
  }
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The same integer with one zero of several in front; behind several there is no letter of a prefix any more. */
function withOneZero(text: string): string {
  const [{ length: start }, prefix] = /^[-+]?(0[xXbBoO])?/.exec(text) as unknown as [string, string?];
  let end = start;
  while (text.charAt(end) === '0') {
    end++;
  }
  const digit = prefix === undefined ? /^[0-9]?$/ : /^[0-9a-fA-F]?$/;
  return end - start > 1 && digit.test(text.charAt(end))
    ? `${text.slice(0, start)}0${text.slice(end)}`
    : text;
}

function resolveAs(type: string, text: string, at: number): ScalarValue {
  const value = type === 'timestamp' ? text : resolve(text);
  if (!isOf(type, value, text)) {
    throw new UnreadableDocument(at, `cannot decode "${text}" as a !!${type}`);
  }
  return value;
}

function isOf(type: string, value: ScalarValue, text: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'bool':
      return typeof value === 'boolean';
    case 'timestamp':
      return TIMESTAMP.test(text);
    case 'int':
      return typeof value === 'bigint' || (typeof value === 'number' && isInteger(text));
    default:
      return typeof value === 'number' || (typeof value === 'bigint' && value <= MAX_INT64);
  }
}

function isInteger(text: string): boolean {
  return readInteger(text.replaceAll('_', '')) !== undefined;
}

/** Days and hours are not checked. */
const TIMESTAMP =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?)?$/;

const FOREIGN_TO_BASE64 = /[^A-Za-z0-9+/=]/;

function decodeBase64(text: string, at: number): string {
  const digits = text.replace(/[\r\n]/g, '');
  const end = digits.includes('=') ? digits.slice(digits.indexOf('=')) : '';
  if (digits.length % 4 !== 0 || FOREIGN_TO_BASE64.test(digits) || !['', '=', '=='].includes(end)) {
    throw new UnreadableDocument(at, '!!binary value contains invalid base64 data');
  }
  return Buffer.from(digits, 'base64').toString('utf8');
}

/**
 * A key as text; `undefined` for lists, objects, null and integers beyond 63 bits, which cannot be keys.
 *
 * @throws UnreadableDocument if the text does not fit the tag
 */
export function textOfKey(key: Node): string | undefined {
  const scalar = key.target ?? key;
  const value = scalar.kind === 'scalar' ? valueOfScalar(scalar) : undefined;
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'bigint':
      return value <= MAX_INT64 ? String(value) : undefined;
    case 'number':
      return isInteger(scalar.text) && scalar.tag !== `${PREFIX}float`
        ? String(value)
        : textOfFraction(value);
    default:
      return undefined;
  }
}

/** As Go writes a float32: as short as possible, with an exponent for more than six digits. */
function textOfFraction(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) {
    return Number.isNaN(single) ? '.nan' : single < 0 ? '-.inf' : '.inf';
  }
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toExponential(digits - 1))) !== single) {
    digits++;
  }
  const [mantissa = '', exponent = ''] = single.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return Object.is(single, -0) ? '-0' : single.toFixed(Math.max(digits - 1 - power, 0));
}
