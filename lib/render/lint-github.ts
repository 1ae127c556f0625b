import { describeObject, type Severity } from '../model/finding';
import { describeInObject } from '../model/manifest-problem';
import { linesOf } from './finding-words';
import {
  countFindings,
  firstPlace,
  type LintAnswer,
  type LintRenderOptions,
  manifestPlace,
  type Place,
  pathFrom,
} from './lint-answer';
import { describeNotJudged, NOT_JUDGED } from './notes';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Commands of a GitHub workflow: annotations at the lines of a pull request.
 *
 * @see actions/toolkit packages/core/src/command.ts for what is escaped
 */
export function* renderLintGithub(
  { findings, problems, notJudged }: LintAnswer,
  { folder = process.cwd() }: LintRenderOptions = {},
): Generator<string> {
  for (const problem of problems) {
    const { source, code } = problem;
    yield command('error', manifestPlace(source), code, describeInObject(problem), folder);
  }
  for (const finding of findings) {
    const { rule, severity, object, source } = finding;
    const text = `${describeObject(object)}: ${linesOf(finding).join('\n')}`;
    yield command(COMMANDS[severity], firstPlace(source), rule, text, folder);
  }
  for (const policy of notJudged) {
    const text = describeNotJudged([policy]).join(' ');
    yield command('notice', manifestPlace(policy.source), NOT_JUDGED, text, folder);
  }
  yield `${countFindings(findings)}\n`;
}

function command(
  name: string,
  place: Place | undefined,
  title: string,
  text: string,
  folder: string,
): string {
  const properties = {
    file: place && pathFrom(folder, place.file),
    line: place?.line,
    col: place?.column,
    title,
  };
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${written.join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
