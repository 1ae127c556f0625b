import { type Problem, show } from '../model/problem';
import type { ExpandedSize } from './aliases';
import { CONTROL_CHARACTER } from './characters';
import { MAX_DEPTH } from './parser';
import type { UnreadableDocument } from './unreadable';

/** What is wrong with a document, and at which offset. */
export interface PlacedProblem {
  readonly at: number;
  readonly problem: Problem;
}

/** A line that begins with `---` and goes on with more than a comment. */
export function separatorInvalid(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'separator-invalid',
    problem: 'kubectl reads nothing of a document with a line that begins with "---" and goes on',
    fix: 'put what follows "---" on the next line',
  });
}

/** What stands behind the end of a document's value. */
export function passedOver(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'document-without-separator',
    problem: 'kubectl passes over what no "---" parts from the document before it',
    fix: 'write a line "---" before it, or indent it as what it belongs to',
  });
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
  return ofLine(text, at, {
    code: 'nesting-excessive',
    problem: `lists and objects stand in each other more than ${MAX_DEPTH} levels deep`,
    fix: 'give files with manifests only',
  });
}

/** Where JSON goes on with what is none. */
export function noJson(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'syntax-invalid',
    problem: 'this cannot be read as JSON, and after two objects in JSON kubectl reads nothing else',
    fix: 'correct it, or write all of the file in YAML',
  });
}

/** The first character that no text of YAML may hold. */
export function controlCharacter(text: string): PlacedProblem | undefined {
  const found = CONTROL_CHARACTER.exec(text);
  return found === null
    ? undefined
    : syntaxInvalid(text, found.index, `control characters are not allowed, as here ${show(found[0])}`);
}

/** What keeps a document from being read, and where it stands in its text. */
export function problemOf({ at, code, message }: UnreadableDocument, text: string): PlacedProblem {
  switch (code) {
    case 'nesting-excessive':
      return tooDeep(text, at);
    case 'key-not-text':
      return keyNotText(text, at);
    case 'directive-refused':
      return ofLine(text, at, {
        code,
        problem: 'kubectl reads no document that begins with a directive',
        fix: 'leave the directive out',
      });
    default:
      return syntaxInvalid(text, at, message);
  }
}

function syntaxInvalid(text: string, at: number, reason: string): PlacedProblem {
  // Where a text breaks off, its last line says more than nothing.
  return ofLine(text, Math.min(at, text.trimEnd().length), {
    code: 'syntax-invalid',
    problem: `this cannot be read as YAML: ${reason}`,
    fix: TEMPLATE_FIX,
  });
}

const TEMPLATE_FIX = 'correct it; a template must be rendered first';

function keyNotText(text: string, key: number): PlacedProblem {
  // Two braces of a template are to YAML an object as the key of an object.
  const isTemplate = text.startsWith('{{', key - 1);
  return ofLine(text, isTemplate ? key - 1 : key, {
    code: 'key-not-text',
    problem: 'a key must be text',
    fix: isTemplate ? TEMPLATE_FIX : 'quote it',
  });
}

/** A problem that shows the line in which it stands. */
function ofLine(text: string, at: number, said: Pick<Problem, 'code' | 'problem' | 'fix'>): PlacedProblem {
  return { at, problem: { ...said, at: 'the document', got: show(lineAt(text, at)) } };
}

function lineAt(text: string, at: number): string {
  const shown = /\S/.test(text.slice(at)) ? at : text.trimEnd().length;
  const [line = ''] = text.slice(text.lastIndexOf('\n', shown - 1) + 1).split('\n', 1);
  return line.trim();
}
