import type { Node } from './node';
import { UnreadableDocument } from './unreadable';

/*
 * kubectl and the API server read YAML with sigs.k8s.io/yaml, which hands it to go.yaml.in/yaml/v2: YAML 1.1
 * with y, n, yes, no, on and off as booleans and a leading zero for octal numbers, but with 0o17 too, and
 * without numbers to the base of 60 and without timestamps, which stay text. What cannot be read as an octal
 * number, such as 08, is read as a decimal one. A key is made text as Go writes it.
 *
 * Source: resolve.go of go.yaml.in/yaml v2.4.3, yaml.go of sigs.k8s.io/yaml v1.6.0 (read 2026-11-30).
 */

/** What a scalar of YAML can mean; a `bigint` is an integer that a number is not exact enough for. */
export type ScalarValue = string | number | bigint | boolean | null;

const PREFIX = 'tag:yaml.org,2002:';

/**
 * What a scalar means.
 *
 * @throws Unreadable where it is not what its tag says
 */
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
      // A tag that nobody knows changes nothing but that it makes a number text.
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

/** The word in small letters, with a capital, and in capitals. */
function inThreeCases<T>(word: string, value: T): readonly (readonly [string, T])[] {
  return [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map(
    (each) => [each, value] as const,
  );
}

const LONGEST_WORD = 5;

/** What a plain scalar means that has no tag. */
function resolve(text: string): ScalarValue {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) {
      return word;
    }
  }
  const code = text.charCodeAt(0);
  // Digits, signs and the point; CIDRs are what begins so most often and is no number.
  const mayBeNumber = (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
  return mayBeNumber && !text.includes('/') ? (readNumber(text) ?? text) : text;
}

/** What nearly every number is. */
const PLAIN = /^[1-9][0-9]{0,9}$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/;
const DECIMAL = /^[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$|^[-+]\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const FRACTION = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;

/** What a plain scalar that begins with a digit, a sign or a point means, if it is a number. */
function readNumber(source: string): number | bigint | undefined {
  if (PLAIN.test(source)) {
    return Number(source);
  }
  if (source.startsWith('.')) {
    // What begins so takes underscores between digits, and everything else takes them anywhere.
    const fraction = source.replace(/(?<=[0-9])_(?=[0-9])/g, '');
    return FRACTION.test(fraction) ? finite(fraction) : undefined;
  }
  const text = source.replaceAll('_', '');
  return readInteger(text) ?? (DECIMAL.test(text) ? finite(text) : undefined);
}

/** Go has no number for 1e999 either, and leaves it text. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const MAX_INT64 = 2n ** 63n - 1n;

/** An integer of at most 64 bits. */
function readInteger(text: string): number | bigint | undefined {
  const [, sign, hex, binary, octal, decimal = '0'] = INTEGER.exec(text) ?? [];
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
  const significant = digits.replace(/^0+(?=.)/, '');
  if (significant.length > 64) {
    return undefined;
  }
  const size = BigInt(prefix + significant);
  const value = sign === '-' ? -size : size;
  if (value < -MAX_INT64 - 1n || value > (sign === '' ? 2n * MAX_INT64 + 1n : MAX_INT64)) {
    return undefined;
  }
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
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

/** As far as its days and hours are those of a calendar, nobody looks. */
const TIMESTAMP =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?)?$/;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function decodeBase64(text: string, at: number): string {
  const digits = text.replace(/[\r\n]/g, '');
  if (digits.length % 4 !== 0 || !BASE64.test(digits)) {
    throw new UnreadableDocument(at, '!!binary value contains invalid base64 data');
  }
  return Buffer.from(digits, 'base64').toString('utf8');
}

/**
 * A key as text; `undefined` for lists, objects, null and an integer that needs 64 bits, which are none.
 *
 * @throws Unreadable where it is not what its tag says
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

/** As Go writes a number of 32 bits in the shortest way, with an exponent where it has more than six digits. */
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
