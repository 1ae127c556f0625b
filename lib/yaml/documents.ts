import { constructFromEvents, EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import type { Problem } from '../model/problem';
import { show } from '../model/problem';
import { expandedSize, MAX_EXPANDED_NODES } from './aliases';
import type { Comment, CommentIndex } from './comments';
import { cutsOf, DIRECTIVE, type Refused } from './cuts';
import { keyThatIsNoText, offsetOf } from './events';
import { parseJson } from './json';
import { KEY_NOT_TEXT, KUBECTL_SCHEMA } from './kubectl-schema';
import { type Located, locate, type Sought } from './locate';

/** A document of a text, as far as it could be read. */
export interface ReadDocument {
  /** `undefined` when nothing of it could be read; with problems, only what they do not speak of is certain. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where its first word stands, or the word at which reading ended. */
  readonly offset: number;
  locate(sought: Sought): Located;
  /** Reads the value once more, and holds on to nothing but the text; left out where the value is better kept. */
  readonly again?: () => unknown;
  /**
   * The comments of an object in it, looked up when asked for; a document that could not be parsed has none.
   *
   * @param above the object's path: empty, or `items` and a number for each List around it
   */
  comments(above: Comment['path']): readonly Comment[];
}

/** How many characters are parsed at a time: so few that what parsing leaves behind is swept up cheaply. */
const BATCH = 20_000;

/**
 * The documents of a text in YAML or JSON. Many are parsed together, and only if that fails, each by itself, so that
 * one broken document takes no other with it.
 */
export function* readDocuments(text: string): Generator<ReadDocument> {
  const json = parseJson(text);
  if (json !== undefined) {
    yield readJson(text, json);
    return;
  }
  const cuts = cutsOf(text);
  const starts = [...cuts.starts, text.length];
  const refused = [...cuts.refused];
  let first = 0;
  for (let i = 1; i < starts.length; i++) {
    const end = starts[i] as number;
    const [here] = refused;
    if (here !== undefined && here.at < end) {
      yield* readBatch(text, starts.slice(first, i));
      yield unread(here);
      first = i;
      while (refused[0] !== undefined && refused[0].at < end) {
        refused.shift();
      }
    } else if (i + 1 === starts.length || end - (starts[first] as number) >= BATCH) {
      yield* readBatch(text, starts.slice(first, i + 1));
      first = i;
    }
  }
}

/** @param bounds where the documents begin, and the end of the last */
function readBatch(text: string, bounds: readonly number[]): ReadDocument[] {
  const start = bounds[0] as number;
  const batch = text.slice(start, bounds.at(-1));
  try {
    return readPart(batch, start);
  } catch (error) {
    return bounds.length === 2
      ? [broken(batch, start, error)]
      : bounds.slice(1).flatMap((end, i) => readBatch(text, [bounds[i] as number, end]));
  }
}

function readJson(text: string, value: unknown): ReadDocument {
  const offset = text.search(/\S/);
  return {
    value,
    problems: [],
    offset,
    comments: () => [],
    locate: (problem) => {
      try {
        // Indented JSON is JSON, but not YAML.
        const own = text.slice(offset);
        const found = locate(parseEvents(own, {}), 1, own, problem);
        return { ...found, offset: offset + found.offset };
      } catch {
        return { offset };
      }
    },
  };
}

/** @throws YAMLException when the text is not YAML */
function readPart(text: string, base: number): ReadDocument[] {
  const events = parseEvents(text, {});
  const starts = documentStarts(events);
  let values: unknown[] | undefined;
  try {
    values = construct(events, text);
  } catch {
    // Then each document by itself.
  }
  let index: CommentIndex | undefined;
  const offsets = starts.map((start) => offsetOf(events[start + 1] as Event));
  const again = (i: number): Pick<ReadDocument, 'again'> => {
    const document = events[starts[i] as number] as Event;
    const hasDirectives = document.type === EVENT_ID.DOCUMENT && document.directives.length > 0;
    const offset = offsets[i];
    return offset === undefined || hasDirectives
      ? {}
      : { again: readerOf(text, startOfLine(text, offset), offsets[i + 1]) };
  };
  return starts.map((start, i) => {
    const comments = (above: Comment['path']) => {
      index ??= indexOf(events, text);
      return index.under(i, above);
    };
    const document = events[start] as Event;
    const offset = base + (offsets[i] ?? 0);
    const place = (sought: Sought) => {
      const found = locate(events, start + 1, text, sought);
      return { ...found, offset: base + found.offset };
    };
    if (document.type === EVENT_ID.DOCUMENT && document.directives.some(({ kind }) => kind === 'tag')) {
      return unread({ at: offset, problem: { ...DIRECTIVE, got: '%TAG' } });
    }
    if (i > 0 && document.type === EVENT_ID.DOCUMENT && !document.explicitStart) {
      return { value: undefined, problems: [WITHOUT_SEPARATOR], offset, locate: place, comments };
    }
    const own = () => events.slice(start, starts[i + 1] ?? events.length);
    if (hasAlias(events, start, starts[i + 1] ?? events.length)) {
      const size = expandedSize(own(), text);
      if (size > MAX_EXPANDED_NODES) {
        return { value: undefined, problems: [excessive(size)], offset, locate: place, comments };
      }
    }
    return values === undefined
      ? readAlone(own(), text, base, offset, { locate: place, comments })
      : { value: values[i], problems: [], offset, locate: place, comments, ...again(i) };
  });
}

function readAlone(
  events: readonly Event[],
  text: string,
  base: number,
  offset: number,
  found: Pick<ReadDocument, 'locate' | 'comments'>,
): ReadDocument {
  try {
    return { value: construct(events, text)[0], problems: [], offset, ...found };
  } catch (error) {
    // Loaded here, because most texts are read without a complaint.
    const { duplicateKeys } = require('./duplicate-keys') as typeof import('./duplicate-keys');
    const problems = duplicateKeys(events, 1, text);
    if (problems.length === 0) {
      return broken(text, base, error, offset - base, keyThatIsNoText(events, 1));
    }
    try {
      return { value: construct(events, text, true)[0], problems, offset, ...found };
    } catch (other) {
      return broken(text, base, other, offset - base, keyThatIsNoText(events, 1));
    }
  }
}

function indexOf(events: readonly Event[], text: string): CommentIndex {
  const { CommentIndex, readComments } = require('./comments') as typeof import('./comments');
  return new CommentIndex(readComments(events, text));
}

function construct(events: readonly Event[], source: string, json = false): unknown[] {
  return constructFromEvents(events as Event[], { source, schema: KUBECTL_SCHEMA, json });
}

function documentStarts(events: readonly Event[]): number[] {
  const starts: number[] = [];
  for (let i = 0; i < events.length; i++) {
    if (events[i]?.type === EVENT_ID.DOCUMENT) {
      starts.push(i);
    }
  }
  return starts;
}

function hasAlias(events: readonly Event[], start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (events[i]?.type === EVENT_ID.ALIAS) {
      return true;
    }
  }
  return false;
}

const WITHOUT_SEPARATOR: Problem = {
  code: 'document-without-separator',
  at: 'the document',
  got: 'a document after "..."',
  problem: 'kubectl passes over a document that no "---" begins',
  fix: 'write a line "---" before it',
};

function unread({ at: offset, problem }: Refused): ReadDocument {
  return { value: undefined, problems: [problem], offset, locate: () => ({ offset }), comments: () => [] };
}

function excessive(size: number): Problem {
  const isEndless = size === Number.POSITIVE_INFINITY;
  return {
    code: 'aliases-excessive',
    at: 'the document',
    got: isEndless ? 'an alias for something that it is part of' : `${size} nodes`,
    problem: `written out, its aliases make more than ${MAX_EXPANDED_NODES} nodes`,
    fix: 'write the values themselves',
  };
}

/**
 * @param start where the document begins in the text; after its separator when left out
 * @param key where the document has a key of which js-yaml does not know the place
 */
function broken(
  text: string,
  base: number,
  error: unknown,
  start = /^(?:---)?\s*/.exec(text)?.[0].length ?? 0,
  key?: number,
): ReadDocument {
  const { reason, position: reported } = describe(error);
  const isKey = reason === KEY_NOT_TEXT;
  // Two braces of a template are to YAML an object as the key of an object.
  const isTemplate = isKey && reported === 0 && key !== undefined && text.startsWith('{{', key - 1);
  // Of some things js-yaml does not know the place; then it is the key's or the document's own.
  const place = isKey && key !== undefined ? key - (isTemplate ? 1 : 0) : start;
  const position = reported === 0 ? place : reported;
  // At the end of a text that breaks off, its last line says more than nothing.
  const shown = /\S/.test(text.slice(position)) ? position : text.trimEnd().length;
  const [line = ''] = text.slice(text.lastIndexOf('\n', shown - 1) + 1).split('\n', 1);
  const offset = base + position;
  const problem: Problem = {
    // Of its other errors js-yaml gives no code, and people read its own words.
    code: isKey ? 'key-not-text' : 'syntax-invalid',
    at: 'the document',
    got: show(line.trim()),
    problem: isKey ? 'a key must be text' : `this cannot be read as YAML: ${reason}`,
    fix: isKey && !isTemplate ? 'quote it' : 'correct it; a template must be rendered first',
  };
  return unread({ at: offset, problem });
}

function describe(error: unknown): { readonly reason: string; readonly position: number } {
  return error instanceof YAMLException
    ? { reason: error.reason, position: error.mark?.position ?? 0 }
    : { reason: error instanceof Error ? error.message : String(error), position: 0 };
}

/** A function of its own, so that nothing else is held on to. */
function readerOf(text: string, start: number, end: number | undefined): () => unknown {
  return () => readPart(text.slice(start, end), 0)[0]?.value;
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\n\r]/.test(text.charAt(start - 1))) {
    start--;
  }
  return start;
}
