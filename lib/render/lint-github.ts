import { defined } from '../model/defined';
import { describeObject, type Severity } from '../model/finding';
import { githubCommand, type Harmless, harmless, inOneLine } from '../model/harmless';
import { describeInObject } from '../model/manifest-problem';
import { notesBeside } from './accepted';
import { groupFindings } from './finding-groups';
import { linesOf } from './finding-words';
import {
  countFindings,
  type FilePlace,
  firstPlace,
  type LintAnswer,
  type LintRenderOptions,
  manifestPlace,
  pathFrom,
} from './lint-answer';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Commands of a GitHub workflow: annotations at the lines of a pull request. */
export function* renderLintGithub(
  answer: LintAnswer,
  { folder = process.cwd() }: LintRenderOptions = {},
): Generator<Harmless> {
  const { findings, problems } = answer;
  for (const problem of problems) {
    const { source, code } = problem;
    yield command('error', manifestPlace(source), code, inOneLine(describeInObject(problem)), folder);
  }
  // GitHub shows the first ten of a step, so what is rare comes first here, too.
  for (const finding of groupFindings(findings).flatMap((group) => group.findings)) {
    const { rule, severity, object, source } = finding;
    const text = `${inOneLine(describeObject(object))}: ${linesOf(finding).join('\n')}`;
    yield command(COMMANDS[severity], firstPlace(source), rule, text, folder);
  }
  for (const { id, line, source } of notesBeside(answer)) {
    yield command('notice', firstPlace(source), id, inOneLine(line), folder);
  }
  yield harmless(`${countFindings(findings)}\n`);
}

function command(
  name: (typeof COMMANDS)[Severity],
  place: FilePlace | undefined,
  title: string,
  text: string,
  folder: string,
): Harmless {
  const properties = defined({
    file: place && pathFrom(folder, place.file),
    line: place?.line?.toString(),
    col: place?.column?.toString(),
    title,
  });
  return githubCommand(name, properties, text);
}
