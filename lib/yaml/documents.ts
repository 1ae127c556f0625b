import type { Problem } from '../model/problem';
import { excessiveAliases } from './aliases';
import { type Chunk, chunksOf } from './chunks';
import type { Comment } from './comments';
import { construct } from './construct';
import {
  aliasesExcessive,
  controlCharacter,
  noJson,
  type PlacedProblem,
  passedOver,
  problemOf,
  SOMETHING_TWICE,
  tooDeep,
} from './document-problems';
import { type BehindJson, type JsonValue, readJson, readValue } from './json';
import { JsonTree } from './json-tree';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';
import { MAX_DEPTH, type Parsed, parse } from './parser';
import { Places } from './places';
import { Unreadable } from './unreadable';

/** A document of a text, as far as it could be read. */
export interface ReadDocument {
  /** `undefined` when nothing of it could be read; with problems, only what they do not speak of is certain. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where its first word stands, or the word at which reading ended. */
  readonly offset: number;
  locate(sought: Sought): Located;
  /** Reads the document once more, and holds on to nothing but the text; left out where nothing of it was read. */
  readonly again?: () => ReadDocument | undefined;
  /**
   * The comments of an object in it, looked up when asked for; a document that could not be parsed has none.
   *
   * @param above the object's path: empty, or `items` and a number for each List around it
   */
  comments(above: Comment['path']): readonly Comment[];
}

/** The documents of a text in YAML or JSON, as kubectl reads them. One that is broken takes no other with it. */
export function* readDocuments(text: string): Generator<ReadDocument> {
  const { yaml, broken } = yield* documentsOfJson(text);
  if (broken !== undefined) {
    yield unread(noJson(text, broken));
  }
  if (yaml !== undefined) {
    yield* documentsOfYaml(text, yaml);
  }
}

function* documentsOfJson(text: string): Generator<ReadDocument, BehindJson> {
  const values = readJson(text, MAX_DEPTH);
  for (;;) {
    const next = values.next();
    if (next.done === true) {
      return next.value;
    }
    yield documentOfJson(text, next.value);
  }
}

/** @param from where the YAML begins */
function* documentsOfYaml(text: string, from: number): Generator<ReadDocument> {
  // Comments in front of a document belong to it, even if a line of dashes parts them from it.
  let commentsFrom = from;
  let isBehindDirective = false;
  for (const chunk of chunksOf(text, from)) {
    // The dashes that cut it off are those that end the directive.
    const documents: readonly ReadDocument[] = isBehindDirective ? [] : readChunk(text, chunk, commentsFrom);
    isBehindDirective = documents.some(({ problems }) => problems[0]?.code === 'directive-refused');
    yield* documents;
    commentsFrom = documents.length === 0 ? commentsFrom : chunk.end;
  }
}

function readChunk(text: string, chunk: Chunk, commentsFrom: number): readonly ReadDocument[] {
  if (chunk.refused !== undefined) {
    return [unread(chunk.refused)];
  }
  // To the reader of YAML each chunk is a file, and may begin with a mark of byte order.
  const start = chunk.start + (text.startsWith('\ufeff', chunk.start) ? 1 : 0);
  const own = text.slice(start, chunk.end);
  const control = controlCharacter(own);
  if (control !== undefined) {
    return [unread(control, start)];
  }
  try {
    const parsed = parse(own);
    const others = parsed.rest === undefined ? [] : [unread(passedOver(own, parsed.rest), start)];
    return parsed.root === undefined
      ? others
      : [documentOf(parsed.root, parsed, text, own, start, [commentsFrom, chunk.end]), ...others];
  } catch (error) {
    if (error instanceof Unreadable) {
      return [unread(problemOf(error, own), start)];
    }
    throw error;
  }
}

/**
 * @param own the text of the document
 * @param keeps whether it holds on to what was parsed, for places that are about to be asked for
 * @throws Unreadable
 */
function documentOf(
  root: Node,
  { hasAliases }: Parsed,
  text: string,
  own: string,
  start: number,
  commented: readonly [number, number],
  keeps = false,
): ReadDocument {
  const excess = hasAliases ? excessiveAliases(root) : undefined;
  const offset = start + (root.start ?? 0);
  if (excess !== undefined) {
    return unread({ at: offset, problem: aliasesExcessive(excess) });
  }
  const { value, hasOverwritten } = construct(root);
  return {
    value,
    problems: hasOverwritten ? duplicatesIn(root) : [],
    offset,
    ...placesLater(text, own, start, commented, keeps ? root : undefined),
    again: readerOf(text, own, start, commented),
  };
}

/** A function of its own, so that nothing else is held on to; so is the one for JSON. */
function readerOf(
  text: string,
  own: string,
  start: number,
  commented: readonly [number, number],
): () => ReadDocument {
  return () => {
    const parsed = parse(own);
    return documentOf(parsed.root as Node, parsed, text, own, start, commented, true);
  };
}

/** Nearly nobody asks for a place, and until then nothing but the text is held on to. */
function placesLater(
  text: string,
  own: string,
  start: number,
  commented: readonly [number, number],
  root?: Node,
): Pick<ReadDocument, 'locate' | 'comments'> {
  let known: Places | undefined;
  const places = () => {
    known ??= new Places(root ?? (parse(own).root as Node), text, start, commented);
    return known;
  };
  return {
    locate: (sought) => places().locate(sought),
    comments: (above) => places().comments(above),
  };
}

function documentOfJson(text: string, json: JsonValue): ReadDocument {
  const { start, value, hasDuplicates } = json;
  if (json.tooDeep !== undefined) {
    return unread(tooDeep(text, json.tooDeep));
  }
  let tree: JsonTree | undefined;
  return {
    value,
    problems: hasDuplicates ? duplicatesInJson(text, json) : [],
    offset: start,
    again: readerOfJson(text, start),
    comments: () => [],
    locate: (sought) => {
      tree ??= new JsonTree(text);
      return locate(tree, start, sought);
    },
  };
}

function readerOfJson(text: string, start: number): () => ReadDocument | undefined {
  return () => {
    const json = readValue(text, start, MAX_DEPTH);
    return json === undefined ? undefined : documentOfJson(text, json);
  };
}

/** Of JSON that is no YAML nobody knows which key it is. */
function duplicatesInJson(text: string, { start, end }: JsonValue): readonly Problem[] {
  try {
    return duplicatesIn(parse(text.slice(start, end), true).root as Node);
  } catch {
    return [SOMETHING_TWICE];
  }
}

function duplicatesIn(root: Node): readonly Problem[] {
  // Loaded here, because most texts are read without a complaint.
  const { duplicateKeys } = require('./duplicate-keys') as typeof import('./duplicate-keys');
  return duplicateKeys(root);
}

/** @param start what the offset is counted from */
function unread({ at, problem }: PlacedProblem, start = 0): ReadDocument {
  const offset = start + at;
  return { value: undefined, problems: [problem], offset, locate: () => ({ offset }), comments: () => [] };
}
