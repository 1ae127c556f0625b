import { NOT_RESOLVED } from 'js-yaml';
import { readNumber, readWord } from './kubectl-schema';

/** What is not written plainly; js-yaml reads it. */
export const NOT_PLAIN: unique symbol = Symbol('not plain');

export interface PlainDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where its first key stands. */
  readonly offset: number;
}

/** What one line may open: an object or a list, and how far it is indented. */
interface Frame {
  readonly indent: number;
  readonly map: Record<string, unknown> | undefined;
  readonly list: unknown[] | undefined;
  /** The key whose value is null unless the next lines are. */
  key: string | undefined;
}

const SPACE = 0x20;
const LINE_END = 0x0a;
const COLON = 0x3a;
const DASH = 0x2d;
const COMMENT = 0x23;
const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What a character may be part of; every other is left to js-yaml. */
const LETTER = 1;
const DIGIT = 2;
const WORD = 4;
const TEXT = 8;
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (
    (/[A-Za-z]/.test(character) ? LETTER : 0) |
    (/[0-9]/.test(character) ? DIGIT : 0) |
    (/[A-Za-z0-9_./-]/.test(character) ? WORD : 0) |
    (code >= SPACE && code < 0x7f ? TEXT : 0)
  );
});

/** Longer words than this are text, whatever they are. */
const LONGEST_WORD = 5;
/** What goes beyond these, js-yaml judges. */
const LONGEST_KEY = 256;
const DEEPEST = 50;

/**
 * Reads a document that is written as nearly every manifest is: objects and lists by indentation, with a plain, quoted
 * or empty value on the line of its key. Such a document is read in a fraction of the time that YAML as a whole takes.
 * This is no other YAML: of whatever else a document holds (an anchor, a tag, a block of text, an escape, a key twice,
 * a mistake) nothing is decided here, and it is not plain. What is plain has the value that js-yaml gives it; a
 * property holds the two to each other.
 *
 * @param start where the document or its `---` begins
 * @param end where its last line ends
 */
export function readPlain(text: string, start: number, end: number): PlainDocument | undefined {
  const reader = new PlainReader(text, end);
  return reader.read(start);
}

class PlainReader {
  private readonly frames: Frame[] = [];
  /** Where the line ends that the value read last stands on. */
  private lineEnd = 0;

  public constructor(
    private readonly text: string,
    private readonly end: number,
  ) {}

  public read(start: number): PlainDocument | undefined {
    const { text, end } = this;
    let at = text.startsWith('---\n', start) ? start + 4 : start;
    let root: Readonly<Record<string, unknown>> | undefined;
    let offset = at;
    while (at < end) {
      const lineStart = at;
      while (text.charCodeAt(at) === SPACE) {
        at++;
      }
      const first = text.charCodeAt(at);
      if (first === LINE_END || at >= end) {
        at++;
        continue;
      }
      if (first === COMMENT) {
        at = this.afterComment(at);
      } else {
        const isItem = first === DASH && text.charCodeAt(at + 1) === SPACE;
        if (root === undefined) {
          root = {};
          offset = at;
          this.frames.push({
            indent: 0,
            map: root as Record<string, unknown>,
            list: undefined,
            key: undefined,
          });
        }
        const frame = this.frameFor(at - lineStart, isItem);
        if (frame === undefined) {
          return undefined;
        }
        at = frame.list === undefined ? this.pair(frame, at) : this.item(frame, at + 2);
      }
      if (at < 0) {
        return undefined;
      }
    }
    return root === undefined ? undefined : { value: root, offset };
  }

  /** The object or list that a line goes on with. */
  private frameFor(indent: number, isItem: boolean): Frame | undefined {
    const { frames } = this;
    let top = frames[frames.length - 1] as Frame;
    if (top.key !== undefined && (indent > top.indent || (isItem && indent === top.indent))) {
      return this.open(top, indent, isItem);
    }
    while (top.indent > indent || (top.indent === indent && (top.list !== undefined) !== isItem)) {
      frames.pop();
      if (frames.length === 0) {
        return undefined;
      }
      top = frames[frames.length - 1] as Frame;
    }
    return top.indent === indent ? top : undefined;
  }

  /** The value that begins below its key. */
  private open(parent: Frame, indent: number, isItem: boolean): Frame | undefined {
    const frame: Frame = isItem
      ? { indent, map: undefined, list: [], key: undefined }
      : { indent, map: {}, list: undefined, key: undefined };
    (parent.map as Record<string, unknown>)[parent.key as string] = frame.list ?? frame.map;
    parent.key = undefined;
    this.frames.push(frame);
    return this.frames.length > DEEPEST ? undefined : frame;
  }

  /** A key and its value; gives where the next line begins, or -1. */
  private pair(frame: Frame, start: number): number {
    const { text } = this;
    const colon = this.colonAfterKey(start);
    if (colon < 0) {
      return -1;
    }
    const key = shared(text, start, colon);
    const map = frame.map as Record<string, unknown>;
    // `in` also says yes of what every object has, such as `constructor`; js-yaml reads that.
    if (key in map || (key.length <= LONGEST_WORD && readWord(key) !== NOT_RESOLVED)) {
      return -1;
    }
    if (text.charCodeAt(colon + 1) !== SPACE) {
      map[key] = null;
      frame.key = key;
      return colon + 2;
    }
    const value = this.scalar(colon + 2);
    map[key] = value;
    frame.key = undefined;
    return value === NOT_PLAIN ? -1 : this.lineEnd + 1;
  }

  /** An entry of a list: a value, or an object that begins on its line. */
  private item({ list, indent }: Frame, start: number): number {
    if (this.colonAfterKey(start) < 0) {
      const value = this.scalar(start);
      (list as unknown[]).push(value);
      return value === NOT_PLAIN ? -1 : this.lineEnd + 1;
    }
    const frame: Frame = { indent: indent + 2, map: {}, list: undefined, key: undefined };
    (list as unknown[]).push(frame.map);
    this.frames.push(frame);
    return this.pair(frame, start);
  }

  private colonAfterKey(start: number): number {
    const { text } = this;
    if (!isOf(text.charCodeAt(start), LETTER)) {
      return -1;
    }
    let at = start + 1;
    while (isOf(text.charCodeAt(at), WORD)) {
      at++;
    }
    const isKey =
      text.charCodeAt(at) === COLON &&
      (text.charCodeAt(at + 1) === SPACE || this.isLineEnd(at + 1)) &&
      at - start <= LONGEST_KEY;
    return isKey ? at : -1;
  }

  private scalar(start: number): unknown {
    const { text } = this;
    const first = text.charCodeAt(start);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) {
      return this.quoted(start, first);
    }
    if (!isOf(first, LETTER | DIGIT)) {
      return this.empty(start);
    }
    let at = start + 1;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (!isOf(code, WORD)) {
        // A space or colon within text; before anything else it would be more than that.
        if ((code !== SPACE && code !== COLON) || !isOf(text.charCodeAt(at + 1), WORD)) {
          break;
        }
      }
    }
    if (!this.isLineEnd(at)) {
      return NOT_PLAIN;
    }
    this.lineEnd = at;
    const source = shared(text, start, at);
    if (isOf(first, DIGIT)) {
      const number = readNumber(source);
      return number === NOT_RESOLVED ? source : number;
    }
    const word = source.length <= LONGEST_WORD ? readWord(source) : NOT_RESOLVED;
    return word === NOT_RESOLVED ? source : word;
  }

  /** Text in quotes, without an escape. */
  private quoted(start: number, quote: number): unknown {
    const { text } = this;
    let at = start + 1;
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) {
      if (!isOf(code, TEXT) || code === BACKSLASH) {
        return NOT_PLAIN;
      }
      at++;
    }
    this.lineEnd = at + 1;
    return this.isLineEnd(at + 1) ? text.slice(start + 1, at) : NOT_PLAIN;
  }

  /** `{}` and `[]` */
  private empty(start: number): unknown {
    this.lineEnd = start + 2;
    if (!this.isLineEnd(start + 2)) {
      return NOT_PLAIN;
    }
    return this.text.startsWith('{}', start) ? {} : this.text.startsWith('[]', start) ? [] : NOT_PLAIN;
  }

  /** Where the line after a comment begins, or -1. */
  private afterComment(start: number): number {
    let at = start;
    while (isOf(this.text.charCodeAt(at), TEXT)) {
      at++;
    }
    return this.isLineEnd(at) ? at + 1 : -1;
  }

  private isLineEnd(at: number): boolean {
    return at >= this.end || this.text.charCodeAt(at) === LINE_END;
  }
}

/** The words read last, by a number made of their letters. */
const words = new Array<string>(4096).fill('');
const LONGEST_SHARED = 40;

/** A part of the text; the same word is mostly the same string, because manifests are made of few. */
function shared(text: string, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST_SHARED) {
    return text.slice(start, end);
  }
  let sum = length;
  for (let at = start; at < end; at++) {
    sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  }
  const place = (sum ^ (sum >>> 12)) & (words.length - 1);
  const known = words[place] as string;
  if (known.length === length && text.startsWith(known, start)) {
    return known;
  }
  const word = text.slice(start, end);
  words[place] = word;
  return word;
}

function isOf(code: number, classes: number): boolean {
  return code < 128 && ((CLASSES[code] as number) & classes) !== 0;
}
