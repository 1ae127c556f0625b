import { GO_SPACE, withoutLeadingSpaces } from './characters';
import { MAX_DEPTH } from './parser';

/** A value of a text in JSON. */
export interface JsonValue {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  /** Whether an object in it has a key twice: `JSON.parse` keeps the last and says nothing. */
  readonly hasDuplicates: boolean;
  /** What stands too deep in it. */
  readonly tooDeep: number | undefined;
}

/** Where JSON ends and the text does not. */
export interface BehindJson {
  /** Where YAML begins. */
  readonly yaml?: number;
  /** What is neither: kubectl goes over to YAML after no more than one value. */
  readonly broken?: number;
}

/** How far kubectl looks for a brace. */
const LOOK_AHEAD = 4096;

/**
 * Reads a text as kubectl does: one that begins with a brace as a series of values in JSON, as `jq '.items[]'` writes them, and
 * what is no JSON as YAML.
 *
 * @see k8s.io/apimachinery pkg/util/yaml/decoder.go, YAMLOrJSONDecoder.Decode
 */
export function* readJson(text: string): Generator<JsonValue, BehindJson> {
  if (!withoutLeadingSpaces(text.slice(0, LOOK_AHEAD)).startsWith('{')) {
    return { yaml: 0 };
  }
  let [end, count] = [0, 0];
  for (;;) {
    const start = skipSpaces(text, end);
    if (start === text.length) {
      return {};
    }
    const value = readValue(text, start);
    if (value === undefined) {
      const yaml = count > 1 ? undefined : startOfYaml(text, end);
      return yaml === undefined ? { broken: start } : { yaml };
    }
    yield value;
    count++;
    end = value.end;
  }
}

/** Spaces are left out up to the end of their line; of less than four bytes kubectl makes nothing. */
function startOfYaml(text: string, from: number): number | undefined {
  for (let at = from; Buffer.byteLength(text.slice(at, at + 4)) >= 4; at++) {
    if (text.charAt(at) === '\n') {
      return at + 1;
    }
    if (!GO_SPACE.test(text.charAt(at))) {
      return at;
    }
  }
  return undefined;
}

/** Where something stands, from a place on, that is no space to JSON. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (/[ \t\r\n]/.test(text.charAt(at))) {
    at++;
  }
  return at;
}

/** The value at a place; `undefined` where there is none. */
export function readValue(text: string, start: number): JsonValue | undefined {
  const { end, colons, tooDeep } = measure(text, start);
  try {
    const value: unknown = JSON.parse(text.slice(start, end));
    const hasDuplicates = tooDeep === undefined && colons !== countMembers(value);
    return { start, end, value: tooDeep === undefined ? value : undefined, hasDuplicates, tooDeep };
  } catch {
    return undefined;
  }
}

const NUMBER =
  /-?(?:0|[1-9][0-9]*(?![0-9]))(?:\.[0-9]+(?![0-9])|(?!\.))(?:[eE][-+]?[0-9]+(?![0-9])|(?![eE]))/;
const SCALAR = new RegExp(`${NUMBER.source}|true|false|null`, 'y');

/** Where a value ends that stands in nothing else. */
function endOfScalar(text: string, start: number): number {
  if (text.charAt(start) === '"') {
    return endOfString(text, start) + 1;
  }
  SCALAR.lastIndex = start;
  return start + (SCALAR.exec(text)?.[0].length ?? 0);
}

/** Where a value ends, behind it, if it is JSON; how many colons stand in it outside of texts; and what stands too deep. */
export function measure(
  text: string,
  start: number,
): { readonly end: number; readonly colons: number; readonly tooDeep: number | undefined } {
  let tooDeep: number | undefined;
  let [colons, depth] = [0, 0];
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth <= 0) {
        return { end: i + 1, colons, tooDeep };
      }
      continue;
    }
    if (depth === MAX_DEPTH && code > 0x20) {
      tooDeep ??= i;
    }
    if (code === 0x7b || code === 0x5b) {
      depth++;
    } else if (depth === 0) {
      return { end: endOfScalar(text, start), colons, tooDeep };
    } else if (code === 0x3a) {
      colons++;
    } else if (code === 0x22) {
      i = endOfString(text, i);
    }
  }
  return { end: text.length, colons, tooDeep };
}

/** Where the quote stands that ends a string. */
export function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) {
      i++;
    } else if (code === 0x22) {
      return i;
    }
  }
  return text.length;
}

function countMembers(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) {
      for (const entry of next) {
        open.push(entry);
      }
    } else if (typeof next === 'object' && next !== null) {
      for (const entry of Object.values(next)) {
        members++;
        open.push(entry);
      }
    }
  }
  return members;
}
