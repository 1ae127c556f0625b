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
import { type AfterJson, type JsonValue, readJson, readValue } from './json';
import { JsonTree } from './json-tree';
import { type Located, locate, type Sought } from './locate';
import type { Node } from './node';
import { type Parsed, parse } from './parser';
import { type Extent, Places } from './places';
import { UnreadableDocument } from './unreadable';

export interface ReadDocument {
  /** `undefined` if it could not be read. Fields with problems are uncertain. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The offset of its first word, or of the word at which reading failed. */
  readonly offset: number;
  locate(sought: Sought): Located;
  /** Reads the document again; meanwhile only the text is kept in memory. Left out if it could not be read. */
  readonly again?: () => ReadDocument | undefined;
  /**
   * The comments of an object; none if the document could not be parsed.
   *
   * @param above the path of the object: empty, or `items` and a number for each List around it
   */
  comments(above: Comment['path']): readonly Comment[];
}

/** The documents of a text in YAML or JSON, as kubectl reads them. A broken document does not affect the others. */
export function* readDocuments(text: string): Generator<ReadDocument> {
  const { yaml, broken } = yield* documentsOfJson(text);
  if (broken !== undefined) {
    yield unread(noJson(text, broken));
  }
  if (yaml !== undefined) {
    yield* documentsOfYaml(text, yaml);
  }
}

function* documentsOfJson(text: string): Generator<ReadDocument, AfterJson> {
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
  // Comments before a document belong to it, even with a line "---" between them.
  let commentsFrom = from;
  let isAfterDirective = false;
  for (const chunk of chunksOf(text, from)) {
    // After a directive, "---" does not begin another document.
    const documents: readonly ReadDocument[] = isAfterDirective ? [] : readChunk(text, chunk, commentsFrom);
    isAfterDirective = documents.some(({ problems }) => problems[0]?.code === 'directive-refused');
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
  // The YAML reader treats each chunk as a file, which may begin with a byte order mark.
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
 * @param keeps whether to keep the parsed nodes, for places that will be asked for at once
 * @throws UnreadableDocument
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

/** Not inlined, so that the closure keeps only the extent in memory. The same holds for JSON. */
function readerOf(extent: Extent): () => ReadDocument {
  return () => {
    const parsed = parse(extent.own);
    return documentOf(parsed.root as Node, parsed, extent, true);
  };
}

/** Places are rarely asked for, and until then only the text is kept in memory. */
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
    // JSON that is not YAML as well: the key cannot be located.
  }
  return duplicatesIn(root);
}

function duplicatesIn(root: Node | undefined): readonly Problem[] {
  // Loaded here because most texts have no duplicate keys.
  const { duplicateKeys, SOME_KEY_TWICE } = require('./duplicate-keys') as typeof import('./duplicate-keys');
  return root === undefined ? [SOME_KEY_TWICE] : duplicateKeys(root);
}

/** @param start is added to the offset */
function unread({ at, problem }: PlacedProblem, start = 0): ReadDocument {
  const offset = start + at;
  return { value: undefined, problems: [problem], offset, locate: () => ({ offset }), comments: () => [] };
}
