import { type Problem, show } from '../model/problem';

/** How a text is cut into documents before any YAML is read. */
export interface Cuts {
  /** Where documents begin. */
  readonly starts: readonly number[];
  /** What of it kubectl refuses, with the document around it, in the order of places. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly at: number;
  readonly problem: Problem;
}

/**
 * Cuts a text as kubectl does: at each line that begins with `---` and goes on with nothing but a comment. Where such a
 * line goes on otherwise it stops, and of directives at the beginning it sees the `---` cut off.
 *
 * @see k8s.io/apimachinery pkg/util/yaml/decoder.go, YAMLReader.Read; tried with kubectl 1.32
 */
export function cutsOf(text: string): Cuts {
  const starts = [0];
  const directive = firstDirective(text);
  const refused = directive === undefined ? [] : [refusal(text, directive, DIRECTIVE)];
  for (const at of dashedLines(text)) {
    const behind = lineAt(text, at).slice('---'.length).trim();
    if (behind !== '' && !behind.startsWith('#')) {
      refused.push(refusal(text, at, SEPARATOR));
    } else if (at > 0) {
      starts.push(startOfDirectives(text, at));
    }
  }
  return { starts, refused };
}

const SEPARATOR: Omit<Problem, 'got'> = {
  code: 'separator-invalid',
  at: 'the document',
  problem: 'kubectl reads nothing of a document with a line that begins with "---" and goes on',
  fix: 'put what follows "---" on the next line',
};

/** A directive of which kubectl makes nothing. */
export const DIRECTIVE: Omit<Problem, 'got'> = {
  code: 'directive-refused',
  at: 'the document',
  problem: 'kubectl reads no document that depends on a directive',
  fix: 'leave the directive out',
};

function refusal(text: string, at: number, problem: Omit<Problem, 'got'>): Refused {
  return { at, problem: { ...problem, got: show(lineAt(text, at).trimEnd()) } };
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end < 0 ? text.length : end);
}

function* dashedLines(text: string): Generator<number> {
  if (text.startsWith('---')) {
    yield 0;
  }
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    yield at + 1;
  }
}

/** Where a directive stands before anything else but blank lines and comments. */
function firstDirective(text: string): number | undefined {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.startsWith('%')) {
      return at;
    }
    const content = line.trim();
    if (content !== '' && !content.startsWith('#')) {
      return undefined;
    }
    at += line.length + 1;
  }
  return undefined;
}

/** A document's directives stand before its `---`: at the beginning, or after the `...` of the document before. */
function startOfDirectives(text: string, separator: number): number {
  let start = separator;
  while (start > 1) {
    const line = text.lastIndexOf('\n', start - 2) + 1;
    if (text.startsWith('...', line)) {
      return start;
    }
    if (!/[%#\r\n]/.test(text.charAt(line))) {
      return separator;
    }
    start = line;
  }
  return 0;
}
