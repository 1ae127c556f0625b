import { type Problem, show } from '../model/problem';
import type { ExpandedSize } from './aliases';
import { CONTROL_CHARACTER } from './characters';
import { MAX_DEPTH } from './parser';
import type { UnreadableDocument } from './unreadable';

/** A problem of a document, and its offset. */
export interface PlacedProblem {
  readonly at: number;
  readonly problem: Problem;
}

/** For a line that begins with `---` and continues with more than a comment. */
export function separatorInvalid(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'separator-invalid',
    problem: 'kubectl reads no document with a line that begins with "---" and continues with text',
    fix: 'put what follows "---" on the next line',
  });
}

/** For what follows the end of a document. */
export function passedOver(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'document-without-separator',
    problem: 'kubectl ignores what follows a document without a line "---" between them',
    fix: 'write a line "---" before it, or indent it like what it belongs to',
  });
}

export function aliasesExcessive({ all, aliased }: ExpandedSize): Problem {
  return {
    code: 'aliases-excessive',
    at: 'the document',
    got: Number.isFinite(all) ? `${aliased} of ${all} nodes` : 'an alias for something that contains it',
    problem: 'nearly all of the document would come from its aliases, and kubectl refuses that',
    fix: 'write the values themselves',
  };
}

/** For what is nested deeper than {@link MAX_DEPTH}. */
export function tooDeep(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'nesting-excessive',
    problem: `lists and objects are nested more than ${MAX_DEPTH} levels deep`,
    fix: 'give files with manifests only',
  });
}

/** For a text that begins as JSON and continues as something else. */
export function noJson(text: string, at: number): PlacedProblem {
  return ofLine(text, at, {
    code: 'syntax-invalid',
    problem: 'this cannot be read as JSON, and after two JSON objects kubectl reads nothing else',
    fix: 'correct it, or write all of the file in YAML',
  });
}

/** For the first character that YAML does not allow. */
export function controlCharacter(text: string): PlacedProblem | undefined {
  const found = CONTROL_CHARACTER.exec(text);
  return found === null
    ? undefined
    : syntaxInvalid(text, found.index, `control characters are not allowed (here ${show(found[0])})`);
}

/** The problem of a document that could not be read. */
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
  // At the end of the text, the last line with text is shown.
  return ofLine(text, Math.min(at, text.trimEnd().length), {
    code: 'syntax-invalid',
    problem: `this cannot be read as YAML: ${reason}`,
    fix: TEMPLATE_FIX,
  });
}

const TEMPLATE_FIX = 'correct it; a template must be rendered first';

function keyNotText(text: string, key: number): PlacedProblem {
  // YAML reads the two braces of a template as an object that is the key of an object.
  const isTemplate = text.startsWith('{{', key - 1);
  return ofLine(text, isTemplate ? key - 1 : key, {
    code: 'key-not-text',
    problem: 'a key must be text',
    fix: isTemplate ? TEMPLATE_FIX : 'quote it',
  });
}

function ofLine(text: string, at: number, parts: Pick<Problem, 'code' | 'problem' | 'fix'>): PlacedProblem {
  return { at, problem: { ...parts, at: 'the document', got: show(lineAt(text, at)) } };
}

function lineAt(text: string, at: number): string {
  const shown = /\S/.test(text.slice(at)) ? at : text.trimEnd().length;
  const [line = ''] = text.slice(text.lastIndexOf('\n', shown - 1) + 1).split('\n', 1);
  return line.trim();
}
