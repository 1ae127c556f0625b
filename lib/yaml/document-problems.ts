import { YAMLException } from 'js-yaml';
import { type Problem, show } from '../model/problem';
import { MAX_EXPANDED_NODES } from './aliases';
import { KEY_NOT_TEXT } from './kubectl-schema';

/**
 * How many levels a document may have: `{}` has one, `{a: 1}` two. Objects of Kubernetes have some thirty, and whoever
 * goes through a value level by level can rely on the stack.
 */
export const MAX_DEPTH = 100;

/** How js-yaml, which has no code for it, says that there are more. */
const TOO_DEEP = `nesting exceeded maxDepth (${MAX_DEPTH})`;

export const WITHOUT_SEPARATOR: Problem = {
  code: 'document-without-separator',
  at: 'the document',
  got: 'a document after "..."',
  problem: 'kubectl passes over a document that no "---" begins',
  fix: 'write a line "---" before it',
};

export function aliasesExcessive(size: number): Problem {
  const isEndless = size === Number.POSITIVE_INFINITY;
  return {
    code: 'aliases-excessive',
    at: 'the document',
    got: isEndless ? 'an alias for something that it is part of' : `${size} nodes`,
    problem: `written out, its aliases make more than ${MAX_EXPANDED_NODES} nodes`,
    fix: 'write the values themselves',
  };
}

/** What stands deeper in a document than {@link MAX_DEPTH}. */
export function tooDeep(text: string, offset: number): Problem {
  return {
    code: 'nesting-excessive',
    at: 'the document',
    got: show(lineAt(text, offset)),
    problem: `lists and objects stand in each other more than ${MAX_DEPTH} levels deep`,
    fix: 'give files with manifests only',
  };
}

/**
 * What keeps a document from being read, and where it stands in its text.
 *
 * @param start where the document begins in the text; after its separator when left out
 * @param key where the document has a key of which js-yaml does not know the place
 */
export function problemOf(
  error: unknown,
  text: string,
  start = /^(?:---)?\s*/.exec(text)?.[0].length ?? 0,
  key?: number,
): { readonly problem: Problem; readonly offset: number } {
  const { reason, position: reported } = describe(error);
  if (reason === TOO_DEEP) {
    return { problem: tooDeep(text, reported), offset: reported };
  }
  const isKey = reason === KEY_NOT_TEXT;
  // Two braces of a template are to YAML an object as the key of an object.
  const isTemplate = isKey && reported === 0 && key !== undefined && text.startsWith('{{', key - 1);
  // Of some things js-yaml does not know the place; then it is the key's or the document's own.
  const place = isKey && key !== undefined ? key - (isTemplate ? 1 : 0) : start;
  const offset = reported === 0 ? place : reported;
  return {
    problem: {
      // Of its other errors js-yaml gives no code, and people read its own words.
      code: isKey ? 'key-not-text' : 'syntax-invalid',
      at: 'the document',
      got: show(lineAt(text, offset)),
      problem: isKey ? 'a key must be text' : `this cannot be read as YAML: ${reason}`,
      fix: isKey && !isTemplate ? 'quote it' : 'correct it; a template must be rendered first',
    },
    offset,
  };
}

/** The line at an offset; at the end of a text that breaks off, its last line says more than nothing. */
function lineAt(text: string, offset: number): string {
  const shown = /\S/.test(text.slice(offset)) ? offset : text.trimEnd().length;
  const [line = ''] = text.slice(text.lastIndexOf('\n', shown - 1) + 1).split('\n', 1);
  return line.trim();
}

function describe(error: unknown): { readonly reason: string; readonly position: number } {
  return error instanceof YAMLException
    ? { reason: error.reason, position: error.mark?.position ?? 0 }
    : { reason: error instanceof Error ? error.message : String(error), position: 0 };
}
