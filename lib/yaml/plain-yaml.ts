import { NOT_RESOLVED } from 'js-yaml';
import { readNumber, readWord } from './kubectl-schema';

export interface PlainDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where its first key stands. */
  readonly offset: number;
}

/** What a line says up to its value, or the whole of a line that has no key with a value. */
interface Head {
  readonly indent: number;
  /** Whether it begins an entry of a list. */
  readonly isItem: boolean;
  /** Left out in an entry that is a value alone. */
  readonly key?: string;
  /** That of such an entry. */
  readonly value?: Value;
}

type Value = string | number | boolean | null | typeof EMPTY_OBJECT | typeof EMPTY_LIST;

const EMPTY_OBJECT: unique symbol = Symbol('{}');
const EMPTY_LIST: unique symbol = Symbol('[]');

/** An object or a list that the next line may go on with. */
interface Frame {
  readonly indent: number;
  readonly map: Record<string, unknown> | undefined;
  readonly list: unknown[] | undefined;
  /** The key whose value is null unless the next line begins one. */
  key: string | undefined;
}

const HEAD = /^( *)(- )?([A-Za-z][\w./-]*):$/;
const ITEM = /^( *)- (.+)$/;
const SAYS_NOTHING = /^ *(?:#[ -~]*)?$/;
/** A space or a colon within text; before anything else it would be more than that. */
const TEXT = /^[A-Za-z](?:[\w./-]|[ :](?=[\w./-]))*$/;
const FROM_DIGIT = /^[0-9](?:[\w./-]|[ :](?=[\w./-]))*$/;
/** In quotes, without an escape. */
const QUOTED = /^(?:'([ -&(-~]*)'|"([ !#-[\]-~]*)")$/;

/** Longer words than this are text, whatever they are. */
const LONGEST_WORD = 5;
/** What goes beyond these, js-yaml judges. */
const LONGEST_KEY = 256;
const DEEPEST = 50;

/** So many heads of lines and so many values are remembered; large clusters have fewer that differ. */
const MOST_REMEMBERED = 50_000;

/**
 * Reads documents that are written as nearly every manifest is: objects and lists by indentation, with a plain, quoted
 * or empty value on the line of its key. They are read in a fraction of the time that YAML as a whole takes, because
 * manifests repeat themselves, and each key at its indentation and each value is understood once.
 *
 * This is no other YAML: of whatever else a document holds (an anchor, a tag, a block of text, an escape, a key twice,
 * a mistake) nothing is decided here, and it is not plain. What is plain has the value that js-yaml gives it; a
 * property holds the two to each other.
 */
export class PlainYaml {
  private readonly heads = new Map<string, Head | undefined>();
  private readonly values = new Map<string, Value | undefined>();

  /**
   * The document, or `undefined` when it is not plain.
   *
   * @param start where the document or its `---` begins
   * @param end where its last line ends
   */
  public read(text: string, start: number, end: number): PlainDocument | undefined {
    const document = new DocumentBuilder();
    let offset: number | undefined;
    for (let at = text.startsWith('---\n', start) ? start + 4 : start; at < end; ) {
      const next = text.indexOf('\n', at);
      const lineEnd = next < 0 ? end : next;
      const line = text.slice(at, lineEnd);
      const colon = line.indexOf(': ');
      const head = this.headOf(colon < 0 ? line : line.slice(0, colon + 1));
      if (head === NOTHING) {
        if (colon >= 0 && !SAYS_NOTHING.test(line)) {
          return undefined;
        }
      } else {
        const value = colon < 0 ? head?.value : this.valueOf(line.slice(colon + 2));
        const isLeft = colon >= 0 && value === undefined;
        if (head === undefined || isLeft || !document.take(head, value)) {
          return undefined;
        }
        offset ??= at;
      }
      at = lineEnd + 1;
    }
    return offset === undefined ? undefined : { value: document.value, offset };
  }

  private headOf(text: string): Head | undefined {
    return known(this.heads, text, readHead);
  }

  private valueOf(text: string): Value | undefined {
    return known(this.values, text, readValue);
  }
}

function known<T>(before: Map<string, T | undefined>, text: string, read: (text: string) => T | undefined) {
  let found = before.get(text);
  if (found === undefined) {
    found = read(text);
    if (before.size >= MOST_REMEMBERED) {
      before.clear();
    }
    before.set(text, found);
  }
  return found;
}

const NOTHING: Head = { indent: 0, isItem: false };

/** {@link NOTHING} for an empty line, and for what may be a comment. */
function readHead(text: string): Head | undefined {
  if (SAYS_NOTHING.test(text)) {
    return NOTHING;
  }
  const [, spaces, dash, key] = HEAD.exec(text) ?? [];
  if (spaces !== undefined && key !== undefined) {
    return key.length > LONGEST_KEY || isMoreThanText(key)
      ? undefined
      : { indent: spaces.length, isItem: dash !== undefined, key };
  }
  const [, before, written] = ITEM.exec(text) ?? [];
  const value = written === undefined ? undefined : readValue(written);
  return before === undefined || value === undefined
    ? undefined
    : { indent: before.length, isItem: true, value };
}

function isMoreThanText(word: string): boolean {
  return word.length <= LONGEST_WORD && readWord(word) !== NOT_RESOLVED;
}

function readValue(text: string): Value | undefined {
  if (TEXT.test(text)) {
    const word = text.length <= LONGEST_WORD ? readWord(text) : NOT_RESOLVED;
    return word === NOT_RESOLVED ? text : word;
  }
  if (FROM_DIGIT.test(text)) {
    const number = readNumber(text);
    return number === NOT_RESOLVED ? text : number;
  }
  if (text === '{}') {
    return EMPTY_OBJECT;
  }
  if (text === '[]') {
    return EMPTY_LIST;
  }
  const [, single, double] = QUOTED.exec(text) ?? [];
  return single ?? double;
}

/** Puts the lines of one document together. */
class DocumentBuilder {
  public readonly value: Record<string, unknown> = {};
  private readonly frames: Frame[] = [{ indent: 0, map: this.value, list: undefined, key: undefined }];

  /** Whether the document is plain with this line, too. */
  public take({ indent, isItem, key }: Head, value: Value | undefined): boolean {
    const frame = this.frameFor(indent, isItem);
    if (frame === undefined || this.frames.length > DEEPEST) {
      return false;
    }
    if (frame.list === undefined) {
      return setPair(frame, key as string, value);
    }
    if (key === undefined) {
      frame.list.push(written(value as Value));
      return true;
    }
    const entry: Frame = { indent: indent + 2, map: {}, list: undefined, key: undefined };
    frame.list.push(entry.map);
    this.frames.push(entry);
    return setPair(entry, key, value);
  }

  /** The object or list that a line goes on with. */
  private frameFor(indent: number, isItem: boolean): Frame | undefined {
    const { frames } = this;
    let top = frames[frames.length - 1] as Frame;
    if (top.key !== undefined && (indent > top.indent || (isItem && indent === top.indent))) {
      return this.open(top, top.key, indent, isItem);
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
  private open(parent: Frame, key: string, indent: number, isItem: boolean): Frame {
    const frame: Frame = isItem
      ? { indent, map: undefined, list: [], key: undefined }
      : { indent, map: {}, list: undefined, key: undefined };
    (parent.map as Record<string, unknown>)[key] = frame.list ?? frame.map;
    parent.key = undefined;
    this.frames.push(frame);
    return frame;
  }
}

/** Whether the key may stand there. */
function setPair(frame: Frame, key: string, value: Value | undefined): boolean {
  const map = frame.map as Record<string, unknown>;
  // `in` also says yes of what every object has, such as `constructor`; js-yaml reads that.
  if (key in map) {
    return false;
  }
  map[key] = value === undefined ? null : written(value);
  frame.key = value === undefined ? key : undefined;
  return true;
}

function written(value: Value): unknown {
  return value === EMPTY_OBJECT ? {} : value === EMPTY_LIST ? [] : value;
}
