import { constructFromEvents, EVENT_ID, type Event, parseEvents } from 'js-yaml';
import type { Problem } from '../model/problem';
import { expandedSize, MAX_EXPANDED_NODES } from './aliases';
import type { Comment, CommentIndex } from './comments';
import { cutsOf, DIRECTIVE, type Refused } from './cuts';
import { aliasesExcessive, MAX_DEPTH, problemOf, tooDeep, WITHOUT_SEPARATOR } from './document-problems';
import { offsetOf } from './events';
import { parseJson } from './json';
import { JsonTree } from './json-tree';
import { asValue, KUBECTL_SCHEMA } from './kubectl-schema';
import { type Located, locate, locateIn, type Sought } from './locate';
import { Nodes } from './nodes';

/** A document of a text, as far as it could be read. */
export interface ReadDocument {
  /** `undefined` when nothing of it could be read; with problems, only what they do not speak of is certain. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where its first word stands, or the word at which reading ended. */
  readonly offset: number;
  locate(sought: Sought): Located;
  /** Reads the document once more, and holds on to nothing but the text; left out where that may not give the same. */
  readonly again?: () => ReadDocument | undefined;
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
  const json = parseJson(text, MAX_DEPTH);
  if (json !== undefined) {
    yield 'value' in json
      ? readJson(text, json.value)
      : unread({ at: json.tooDeep, problem: tooDeep(text, json.tooDeep) });
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
  let tree: JsonTree | undefined;
  return {
    value,
    problems: [],
    offset,
    again: readerOfJson(text),
    comments: () => [],
    locate: (sought) => {
      tree ??= new JsonTree(text);
      return locateIn(tree, offset, sought);
    },
  };
}

/** @throws YAMLException when the text is not YAML */
function eventsOf(text: string): Event[] {
  return parseEvents(text, { maxDepth: MAX_DEPTH });
}

/** @throws YAMLException when the text is not YAML */
function readPart(text: string, base: number): ReadDocument[] {
  const events = eventsOf(text);
  const nodes = new Nodes(events, text);
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
      : { again: readerOf(text, base, startOfLine(text, offset), offsets[i + 1]) };
  };
  return starts.map((start, i) => {
    const comments = (above: Comment['path']) => {
      index ??= indexOf(events, text);
      return index.under(i, above);
    };
    const document = events[start] as Event;
    const offset = base + (offsets[i] ?? 0);
    const place = (sought: Sought) => {
      const found = locate(nodes, start + 1, sought);
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
        return { value: undefined, problems: [aliasesExcessive(size)], offset, locate: place, comments };
      }
    }
    return values === undefined
      ? readAlone(own(), nodes, start + 1, base, offset, { locate: place, comments, ...again(i) })
      : { value: values[i], problems: [], offset, locate: place, comments, ...again(i) };
  });
}

/** @param node the document's */
function readAlone(
  events: readonly Event[],
  nodes: Nodes,
  node: number,
  base: number,
  offset: number,
  found: Pick<ReadDocument, 'locate' | 'comments' | 'again'>,
): ReadDocument {
  const { text } = nodes;
  try {
    return { value: construct(events, text)[0], problems: [], offset, ...found };
  } catch (error) {
    // Loaded here, because most texts are read without a complaint.
    const { duplicateKeys } = require('./duplicate-keys') as typeof import('./duplicate-keys');
    const problems = duplicateKeys(nodes, node);
    if (problems.length === 0) {
      return broken(text, base, error, offset - base, nodes.keyThatIsNoText(node));
    }
    try {
      return { value: construct(events, text, true)[0], problems, offset, ...found };
    } catch (other) {
      return broken(text, base, other, offset - base, nodes.keyThatIsNoText(node));
    }
  }
}

function indexOf(events: readonly Event[], text: string): CommentIndex {
  const { CommentIndex, readComments } = require('./comments') as typeof import('./comments');
  return new CommentIndex(readComments(events, text));
}

function construct(events: readonly Event[], source: string, json = false): unknown[] {
  return constructFromEvents(events as Event[], { source, schema: KUBECTL_SCHEMA, json }).map(asValue);
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

function unread({ at: offset, problem }: Refused): ReadDocument {
  return { value: undefined, problems: [problem], offset, locate: () => ({ offset }), comments: () => [] };
}

/** @param start where the document begins in the text; after its separator when left out */
function broken(text: string, base: number, error: unknown, start?: number, key?: number): ReadDocument {
  const { problem, offset } = problemOf(error, text, start, key);
  return unread({ at: base + offset, problem });
}

/** A function of its own, so that nothing else is held on to; so is the next. */
function readerOf(
  text: string,
  base: number,
  start: number,
  end: number | undefined,
): () => ReadDocument | undefined {
  return () => readPart(text.slice(start, end), base + start)[0];
}

function readerOfJson(text: string): () => ReadDocument | undefined {
  return () => {
    const json = parseJson(text, MAX_DEPTH);
    return json !== undefined && 'value' in json ? readJson(text, json.value) : undefined;
  };
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\n\r]/.test(text.charAt(start - 1))) {
    start--;
  }
  return start;
}
