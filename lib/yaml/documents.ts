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
  separatorInvalid,
  tooDeep,
} from './document-problems';
import { type BehindJson, type JsonValue, readJson, readValue } from './json';
import { JsonTree } from './json-tree';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';
import { type Parsed, parse } from './parser';
import { type Extent, Places } from './places';
import { UnreadableDocument } from './unreadable';

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
  const values = readJson(text);
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

function readChunk(
  text: string,
  { start, end, refused }: Chunk,
  commentsFrom: number,
): readonly ReadDocument[] {
  if (refused !== undefined) {
    return [unread(separatorInvalid(text, refused))];
  }
  // To the reader of YAML each chunk is a file, and may begin with a mark of byte order.
  const from = start + (text.startsWith('\ufeff', start) ? 1 : 0);
  const own = text.slice(from, end);
  const control = controlCharacter(own);
  if (control !== undefined) {
    return [unread(control, from)];
  }
  try {
    const parsed = parse(own);
    const others = parsed.rest === undefined ? [] : [unread(passedOver(own, parsed.rest), from)];
    return parsed.root === undefined
      ? others
      : [documentOf(parsed.root, parsed, { text, own, start: from, commentsFrom }), ...others];
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      return [unread(problemOf(error, own), from)];
    }
    throw error;
  }
}

/**
 * @param keeps whether it holds on to what was parsed, for places that are about to be asked for
 * @throws Unreadable
 */
function documentOf(root: Node, { hasAliases }: Parsed, extent: Extent, keeps = false): ReadDocument {
  const excess = hasAliases ? excessiveAliases(root) : undefined;
  const offset = extent.start + (root.start ?? 0);
  if (excess !== undefined) {
    return unread({ at: offset, problem: aliasesExcessive(excess) });
  }
  const { value, hasOverwritten } = construct(root);
  return {
    value,
    problems: hasOverwritten ? duplicatesIn(root) : [],
    offset,
    ...placesLater(extent, keeps ? root : undefined),
    again: readerOf(extent),
  };
}

/** A function of its own, so that nothing else is held on to; so is the one for JSON. */
function readerOf(extent: Extent): () => ReadDocument {
  return () => {
    const parsed = parse(extent.own);
    return documentOf(parsed.root as Node, parsed, extent, true);
  };
}

/** Nearly nobody asks for a place, and until then nothing but the text is held on to. */
function placesLater(extent: Extent, root?: Node): Pick<ReadDocument, 'locate' | 'comments'> {
  let known: Places | undefined;
  const places = () => {
    known ??= new Places(root ?? (parse(extent.own).root as Node), extent);
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
    const json = readValue(text, start);
    return json === undefined ? undefined : documentOfJson(text, json);
  };
}

function duplicatesInJson(text: string, { start, end }: JsonValue): readonly Problem[] {
  let root: Node | undefined;
  try {
    root = parse(text.slice(start, end), true).root;
  } catch {
    // Of JSON that is no YAML nobody knows which key it is.
  }
  return duplicatesIn(root);
}

function duplicatesIn(root: Node | undefined): readonly Problem[] {
  // Loaded here, because most texts are read without a complaint.
  const { duplicateKeys, SOMETHING_TWICE } = require('./duplicate-keys') as typeof import('./duplicate-keys');
  return root === undefined ? [SOMETHING_TWICE] : duplicateKeys(root);
}

/** @param start what the offset is counted from */
function unread({ at, problem }: PlacedProblem, start = 0): ReadDocument {
  const offset = start + at;
  return { value: undefined, problems: [problem], offset, locate: () => ({ offset }), comments: () => [] };
}
