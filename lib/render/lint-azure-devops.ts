import { defined } from '../model/defined';
import { describeObject } from '../model/finding';
import { azureCommand, type Harmless, harmless, inOneLine } from '../model/harmless';
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

/**
 * Commands of a pipeline of Azure DevOps: issues of the run, with their lines. There are only errors and warnings, so a
 * finding of severity info is a line of the log.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
 */
export function* renderLintAzureDevops(
  answer: LintAnswer,
  { folder = process.cwd() }: LintRenderOptions = {},
): Generator<Harmless> {
  const { findings, problems } = answer;
  for (const problem of problems) {
    yield issue('error', manifestPlace(problem.source), problem.code, describeInObject(problem), folder);
  }
  for (const finding of groupFindings(findings).flatMap((group) => group.findings)) {
    const { rule, severity, object, source } = finding;
    const text = `${describeObject(object)}: ${linesOf(finding).join('; ')}`;
    yield severity === 'info'
      ? line(`info: ${text} [${rule}]`)
      : issue(severity, firstPlace(source), rule, text, folder);
  }
  for (const { id, line: text } of notesBeside(answer)) {
    yield line(`note: ${text} [${id}]`);
  }
  yield line(countFindings(findings));
}

function issue(
  type: 'error' | 'warning',
  place: FilePlace | undefined,
  code: string,
  text: string,
  folder: string,
): Harmless {
  const properties = defined({
    type,
    sourcepath: place && pathFrom(folder, place.file),
    linenumber: place?.line?.toString(),
    columnnumber: place?.column?.toString(),
    code,
  });
  return azureCommand('task.logissue', properties, inOneLine(text));
}

function line(text: string): Harmless {
  return harmless(`${inOneLine(text)}\n`);
}
