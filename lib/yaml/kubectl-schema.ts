import {
  binaryTag,
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  mapTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  type Schema,
  seqTag,
} from 'js-yaml';

/*
 * kubectl and the API server read YAML with sigs.k8s.io/yaml, which hands it to go.yaml.in/yaml/v2: YAML 1.1
 * with y, n, yes, no, on and off as booleans and a leading zero for octal numbers, but with 0o17 too, and
 * without numbers to the base of 60 and without timestamps, which stay text. What cannot be read as an octal
 * number, such as 08, is read as a decimal one. A key is made text as Go writes it.
 *
 * Source: resolve.go of go.yaml.in/yaml v2.4.3, yaml.go of sigs.k8s.io/yaml v1.6.0 (read 2026-11-23).
 */

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;

/** What nearly every number is. */
const PLAIN = /^[1-9][0-9]{0,9}$/;

/** What a plain scalar that begins with a digit, a sign or a point means, if it is a number. */
function readNumber(source: string): number | typeof NOT_RESOLVED {
  if (PLAIN.test(source)) {
    return Number(source);
  }
  // CIDRs are what begins with a digit most often and is no number.
  if (source.includes('/')) {
    return NOT_RESOLVED;
  }
  const text = source.startsWith('.') ? source : source.replaceAll('_', '');
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(text) ?? [];
  if (sign !== undefined) {
    const digits = hex ?? binary ?? octal ?? decimal ?? '';
    const base = hex !== undefined ? 16 : binary !== undefined ? 2 : octal !== undefined ? 8 : 10;
    return Number.parseInt(sign + digits, base);
  }
  const infinite = INFINITE.exec(source);
  if (infinite !== null) {
    return infinite[1] === '-' ? -Infinity : Infinity;
  }
  if (source === '.nan' || source === '.NaN' || source === '.NAN') {
    return Number.NaN;
  }
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  // Go has no number for 1e999 either, and leaves it text.
  return Number.isFinite(value) ? value : NOT_RESOLVED;
}

const number = {
  implicit: true,
  implicitFirstChars: [...'+-.0123456789'],
  resolve: readNumber,
  identify: () => false,
};

/** What `addPair` gives for a key that is null, a fraction, a list or an object; js-yaml throws an error with it as reason. */
export const KEY_NOT_TEXT = 'key-not-text';

/** What js-yaml says of a merge of anything else. */
export const MERGE_WITHOUT_OBJECT = 'a merge takes an object, or a list of objects';

/** A `<<` without quotes. As a key it is a merge; wherever else it stands it is text. */
export const MERGE = Symbol('<<');

/** The keys that an object has from merges alone, and may be given once more. */
const merged = new WeakMap<object, Set<PropertyKey>>();

type Entries = Record<PropertyKey, unknown>;

/**
 * Merges as kubectl does: what comes later counts, be it a merge or a key of its own, and of a list of objects the first.
 * To js-yaml keys of the object's own always count, and of two merges the first.
 *
 * @see decode.go of go.yaml.in/yaml v2.4.3, decoder.mapping and decoder.merge
 */
function merge(map: Entries, source: unknown): string {
  const sources = Array.isArray(source) ? [...source].reverse() : [source];
  for (const each of sources) {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) {
      return MERGE_WITHOUT_OBJECT;
    }
    for (const key of Object.keys(each)) {
      if (!Object.hasOwn(map, key)) {
        merged.set(map, (merged.get(map) ?? new Set()).add(key));
      }
      mapTag.addPair(map, key, (each as Entries)[key]);
    }
  }
  return '';
}

/** What a scalar means that is no key. */
export const asValue = (value: unknown) => (value === MERGE ? '<<' : value);

/** How js-yaml reads plain scalars and keys when it is to read as kubectl does. */
export const KUBECTL_SCHEMA: Schema = FAILSAFE_SCHEMA.withTags(
  nullYaml11Tag,
  boolYaml11Tag,
  defineScalarTag('tag:yaml.org,2002:int', number),
  defineScalarTag('tag:yaml.org,2002:float', { ...number, implicit: false }),
  // Under the name that YAML has for it, js-yaml would merge.
  defineScalarTag('<<', {
    implicit: true,
    implicitFirstChars: ['<'],
    resolve: (source) => (source === '<<' ? MERGE : NOT_RESOLVED),
    identify: () => false,
  }),
  {
    ...binaryTag,
    resolve: (source) => Buffer.from(source, 'base64').toString('utf8'),
  },
  {
    ...mapTag,
    // As js-yaml's own do, in half the time.
    has: (map, key) =>
      typeof key !== 'object' &&
      Object.hasOwn(map, key as PropertyKey) &&
      merged.get(map)?.delete(String(key)) !== true,
    addPair: (map, key, written) => {
      if (key === MERGE) {
        return merge(map, written);
      }
      const value = asValue(written);
      if (typeof key === 'string' && key !== '__proto__') {
        map[key] = value;
        return '';
      }
      return typeof key === 'string' || typeof key === 'boolean' || Number.isSafeInteger(key)
        ? mapTag.addPair(map, key, value)
        : KEY_NOT_TEXT;
    },
  },
  {
    ...seqTag,
    addItem: (list, item, index) => seqTag.addItem(list, asValue(item), index),
  },
);
