import { GO_SPACE, withoutLeadingSpaces } from './characters';
import { MAX_DEPTH } from './parser';

export interface JsonValue {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  /** Whether an object in it has a duplicate key, of which `JSON.parse` silently keeps the last. */
  readonly hasDuplicates: boolean;
  /** The offset of what is nested too deep. */
  readonly tooDeep: number | undefined;
}

/** What follows the JSON in a text. */
export interface AfterJson {
  readonly yaml?: number;
  /** The offset of something else: kubectl continues with YAML only after a single JSON value. */
  readonly broken?: number;
}

/** Within how many characters kubectl looks for a brace. */
const LOOK_AHEAD = 4096;

/**
 * Reads a text as kubectl does: if it begins with a brace, as a series of JSON values, as `jq '.items[]'` writes them; the
 * rest as YAML.
 *
 * @see k8s.io/apimachinery pkg/util/yaml/decoder.go, YAMLOrJSONDecoder.Decode
 */
export function* readJson(text: string): Generator<JsonValue, AfterJson> {
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

/** Spaces are skipped up to the end of their line. kubectl ignores a rest of less than four bytes. */
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

/** The offset of the next character that is not a space in JSON. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (/[ \t\r\n]/.test(text.charAt(at))) {
    at++;
  }
  return at;
}

/** The value at an offset; `undefined` if it is not JSON. */
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

function endOfScalar(text: string, start: number): number {
  if (text.charAt(start) === '"') {
    return endOfString(text, start) + 1;
  }
  SCALAR.lastIndex = start;
  return start + (SCALAR.exec(text)?.[0].length ?? 0);
}

/** The offset after a value, if it is JSON; the number of colons in it outside strings; and what is nested too deep. */
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

/** The offset of the quote that ends a string. */
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
