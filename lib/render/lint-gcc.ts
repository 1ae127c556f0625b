import { describeObject, type Severity } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { describeInObject } from '../model/manifest-problem';
import type { SourcePosition } from '../model/source-position';
import { notesBeside } from './accepted';
import { linesOf } from './finding-words';
import {
  type FilePlace,
  type LintAnswer,
  type LintRenderOptions,
  manifestPlace,
  pathFrom,
} from './lint-answer';

/** The compiler's words. */
const WORDS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** What a compiler writes in place of a file where it speaks of none: its own name, and no line. */
const PROGRAM = 'aks-netpol';

/** What it calls standard input. */
const PIPE = '<stdin>';

/**
 * `path:line:column: severity: message [rule]`, the form of GCC, which ShellCheck calls by this name too: what reads a
 * compiler, such as VS Code's `$gcc` or Vim's errorformat, reads this.
 *
 * @see https://www.gnu.org/prep/standards/html_node/Errors.html
 */
export function* renderLintGcc(
  answer: LintAnswer,
  { folder = process.cwd() }: LintRenderOptions = {},
): Generator<string> {
  const { findings, problems } = answer;
  for (const problem of problems) {
    yield line(placeIn(problem.source), 'error', describeInObject(problem), folder);
  }
  for (const finding of findings) {
    const { rule, severity, object, source } = finding;
    const text = `${describeObject(object)}: ${linesOf(finding).join('; ')} [${rule}]`;
    yield line(source?.code ?? placeIn(source), severity, text, folder);
  }
  for (const { id, line: text, source } of notesBeside(answer)) {
    yield line(source?.code ?? placeIn(source), 'info', `${text} [${id}]`, folder);
  }
}

function placeIn(source: SourcePosition = {}): FilePlace | undefined {
  return source.file === '-' ? { ...source, file: PIPE } : manifestPlace(source);
}

function line(place: FilePlace | undefined, severity: Severity, text: string, folder: string): string {
  const where =
    place === undefined ? PROGRAM : `${pathFrom(folder, place.file)}:${place.line ?? 1}:${place.column ?? 1}`;
  return `${inOneLine(`${where}: ${WORDS[severity]}: ${text}`)}\n`;
}
