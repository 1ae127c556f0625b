import { type Problem, show } from '../model/problem';
import type { ExpandedSize } from './aliases';
import { CONTROL_CHARACTER } from './characters';
import { MAX_DEPTH } from './parser';
import type { Unreadable } from './unreadable';

/** What is wrong with a document, and at which offset. */
export interface PlacedProblem {
  readonly at: number;
  readonly problem: Problem;
}

/** What stands behind the end of a document's value. */
export function passedOver(text: string, at: number): PlacedProblem {
  return {
    at,
    problem: {
      code: 'document-without-separator',
      at: 'the document',
      got: show(lineAt(text, at)),
      problem: 'kubectl passes over what no "---" parts from the document before it',
      fix: 'write a line "---" before it, or indent it as what it belongs to',
    },
  };
}

export function aliasesExcessive({ all, aliased }: ExpandedSize): Problem {
  return {
    code: 'aliases-excessive',
    at: 'the document',
    got: Number.isFinite(all) ? `${aliased} of ${all} nodes` : 'an alias for something that it is part of',
    problem:
      'once its aliases are written out nearly all of the document comes from them, and kubectl refuses that',
    fix: 'write the values themselves',
  };
}

/** What stands deeper in a document than {@link MAX_DEPTH}. */
export function tooDeep(text: string, at: number): PlacedProblem {
  return {
    at,
    problem: {
      code: 'nesting-excessive',
      at: 'the document',
      got: show(lineAt(text, at)),
      problem: `lists and objects stand in each other more than ${MAX_DEPTH} levels deep`,
      fix: 'give files with manifests only',
    },
  };
}

/** Where JSON goes on with what is none. */
export function noJson(text: string, at: number): PlacedProblem {
  return {
    at,
    problem: {
      code: 'syntax-invalid',
      at: 'the document',
      got: show(lineAt(text, at)),
      problem: 'this cannot be read as JSON, and after two objects in JSON kubectl reads nothing else',
      fix: 'correct it, or write all of the file in YAML',
    },
  };
}

/** A key that stands in JSON a second time, of which nobody knows where. */
export const SOMETHING_TWICE: Problem = {
  code: 'key-duplicate',
  at: 'the document',
  got: 'a key twice',
  problem: 'an object has each key once; readers disagree which of two counts',
  fix: 'keep one of them',
};

/** The first character that no text of YAML may hold. */
export function controlCharacter(text: string): PlacedProblem | undefined {
  const found = CONTROL_CHARACTER.exec(text);
  return found === null
    ? undefined
    : syntaxInvalid(text, found.index, `control characters are not allowed, as here ${show(found[0])}`);
}

/** What keeps a document from being read, and where it stands in its text. */
export function problemOf({ at, code, message }: Unreadable, text: string): PlacedProblem {
  switch (code) {
    case 'nesting-excessive':
      return tooDeep(text, at);
    case 'key-not-text':
      return keyNotText(text, at);
    case 'directive-refused':
      return {
        at,
        problem: {
          code,
          at: 'the document',
          got: show(lineAt(text, at)),
          problem: 'kubectl reads no document that begins with a directive',
          fix: 'leave the directive out',
        },
      };
    default:
      return syntaxInvalid(text, at, message);
  }
}

function syntaxInvalid(text: string, at: number, reason: string): PlacedProblem {
  return {
    // Where a text breaks off, its last line says more than nothing.
    at: Math.min(at, text.trimEnd().length),
    problem: {
      code: 'syntax-invalid',
      at: 'the document',
      got: show(lineAt(text, at)),
      problem: `this cannot be read as YAML: ${reason}`,
      fix: 'correct it; a template must be rendered first',
    },
  };
}

function keyNotText(text: string, key: number): PlacedProblem {
  // Two braces of a template are to YAML an object as the key of an object.
  const isTemplate = text.startsWith('{{', key - 1);
  const at = isTemplate ? key - 1 : key;
  return {
    at,
    problem: {
      code: 'key-not-text',
      at: 'the document',
      got: show(lineAt(text, at)),
      problem: 'a key must be text',
      fix: isTemplate ? 'correct it; a template must be rendered first' : 'quote it',
    },
  };
}

function lineAt(text: string, at: number): string {
  const shown = /\S/.test(text.slice(at)) ? at : text.trimEnd().length;
  const [line = ''] = text.slice(text.lastIndexOf('\n', shown - 1) + 1).split('\n', 1);
  return line.trim();
}
