import type { AcknowledgedFinding } from '../lint/acceptances';
import { describeObject, type LintFinding } from '../model/finding';
import { asOneLine } from '../model/harmless';
import { describeInObject, type ManifestProblem } from '../model/manifest-problem';
import { describeSource, type SourcePosition } from '../model/source-position';
import { count } from '../model/word-list';
import {
  acceptanceWords,
  acceptedGroups,
  acceptedWords,
  cameWithChangeHeading,
  moreAccepted,
} from './accepted';
import { byFix, type FindingGroup, groupFindings, type Shown, shownOf } from './finding-groups';
import { findingWords } from './finding-words';
import {
  type CountedAcknowledgements,
  countFindings,
  hasFailed,
  type LintAnswer,
  type LintRenderOptions,
} from './lint-answer';
import { reasonsNotApplicable } from './lint-human';
import { literal } from './markdown';
import { inputSentences } from './notes';

/** GitHub refuses a comment of more than 64 kB, and a part of that is for what others write around this. */
const MOST_BYTES = 60_000;
/** What is kept for the lines that end a section and say how much is left out. */
const SPARE_BYTES = 500;

/** A comment or a job's summary: the verdict, what could not be read, a table of the findings, and their details. */
export function* renderLintMarkdown(
  answer: LintAnswer,
  { wide = false }: LintRenderOptions = {},
): Generator<string> {
  const { findings, acknowledged, notApplicable, problems, standing } = answer;
  const groups = groupFindings(findings);
  const page = new Page(MOST_BYTES - SPARE_BYTES);
  yield page.line(verdict(answer));
  if (groups.length > 1) {
    yield page.line(`\n${byRule(groups)}\n`);
  }
  if (problems.length > 0) {
    // At most half of the page, so that there is room for findings.
    yield* page.section('', problems.map(problemRow), 'problems', '', MOST_BYTES / 2, ['where', 'problem']);
  }
  if (findings.length > 0) {
    yield* page.section(
      '',
      groups.flatMap((group) => findingRows(group, wide)),
      'rows',
      '',
      (MOST_BYTES * 3) / 4,
      ['severity', 'rule', 'object', 'where', 'what'],
    );
    yield* page.section(
      '\n<details><summary>What to write instead</summary>\n\n',
      groups.flatMap((group) => details(group, wide)),
      'lines',
      '\n</details>\n',
    );
  }
  const untold = inputSentences(answer);
  if (untold.length > 0) {
    const lines = untold.map((line) => `${text(line)}\n`);
    yield* page.section('\n', lines, 'sentences about what is not judged');
  }
  if (acknowledged.length > 0) {
    yield* page.section(
      `\n<details><summary>${acknowledged.length} accepted${acceptedWhere(standing)}</summary>\n\n`,
      acceptedGroups(acknowledged, wide).flatMap(acceptedItems),
      'lines',
      '\n</details>\n',
    );
  }
  if (standing !== undefined && standing.cameWithChange.length > 0) {
    const lines = standing.cameWithChange.map((each) => `- ${text(acceptanceWords(each))}\n`);
    yield* page.section(`\n**${text(cameWithChangeHeading(standing))}:**\n\n`, lines, 'acknowledgements');
  }
  if (notApplicable.length > 0) {
    yield* page.section(
      '\n',
      [`Not judged: ${text(reasonsNotApplicable(notApplicable))}.\n`],
      'rules that could not judge',
    );
  }
}

/** Without a place where they stand already, nobody can tell whether they came with the change that is looked at. */
function acceptedWhere(standing: CountedAcknowledgements | undefined): string {
  return standing === undefined
    ? ', by files as this change leaves them'
    : `, as in ${text(standing.places.join(' or '))}`;
}

/** Takes lines as long as there is room. */
class Page {
  public constructor(private left: number) {}

  public line(line: string): string {
    this.left -= Buffer.byteLength(line);
    return line;
  }

  /**
   * Lines between a head and an end, and how many of them are left out.
   *
   * @param most how many bytes it may take at most
   * @param columns of a table, for its head
   */
  public *section(
    head: string,
    lines: readonly string[],
    what: string,
    end = '',
    most = Infinity,
    columns: readonly string[] = [],
  ): Generator<string> {
    const begin = columns.length === 0 ? head : `${head}\n${row(columns)}${row(columns.map(() => '---'))}`;
    if (Buffer.byteLength(begin + end) > this.left) {
      return;
    }
    this.left -= Buffer.byteLength(end);
    const floor = Math.max(0, this.left - most);
    yield this.line(begin);
    let written = 0;
    for (const line of lines) {
      if (this.left - Buffer.byteLength(line) < floor) {
        yield `${columns.length === 0 ? '' : '\n'}…and ${lines.length - written} more ${what}, for which there is no room here.\n`;
        break;
      }
      yield this.line(line);
      written += 1;
    }
    yield end;
  }
}

function verdict(answer: LintAnswer): string {
  const { findings, problems, failOn } = answer;
  const found = countFindings(findings);
  if (problems.length > 0) {
    return `**Could not judge: ${count(problems.length, 'problem')} with the input.** Of what could be read: ${found}.\n`;
  }
  if (hasFailed(answer) || failOn === 'never') {
    return `**Network policies: ${found}.**\n`;
  }
  return `**Network policies pass${findings.length === 0 ? ': ' : ', with '}${found}.**\n`;
}

function problemRow(problem: ManifestProblem): string {
  return row([where(problem.source), text(describeInObject(problem))]);
}

/** `2 webhook-cut-off, 476 no-default-deny` */
function byRule(groups: readonly FindingGroup[]): string {
  return `By rule: ${groups.map(({ rule, findings }) => `${findings.length} ${rule}`).join(', ')}.`;
}

function findingRows({ rule, severity, findings }: FindingGroup, isWide: boolean): string[] {
  const { shown, more } = shownOf(findings, isWide);
  const rest = row([severity, rule, '', '', `and ${more} more, which --wide lists`]);
  return [...shown.map(findingRow), ...(more > 0 ? [rest] : [])];
}

function findingRow(finding: LintFinding): string {
  const { severity, rule, object, source } = finding;
  const { what } = findingWords(finding);
  return row([severity, rule, text(describeObject(object)), where(source), text(what)]);
}

/** What to write instead, once for all findings that are mended alike, and what shows each of them. */
function details({ rule, findings }: FindingGroup, isWide: boolean): string[] {
  return byFix(shownOf(findings, isWide).shown).flatMap((alike) => {
    const [first] = alike as [LintFinding];
    const seen = alike.flatMap((finding) => {
      const words = findingWords(finding).seen;
      return words === undefined ? [] : [`  - ${text(describeObject(finding.object))}: ${text(words)}\n`];
    });
    return [`- ${rule}: ${text(first.fix)}\n`, ...seen];
  });
}

function acceptedItems({ shown, more }: Shown<AcknowledgedFinding>): string[] {
  const items = shown.map((finding) => {
    const { rule, object, by, reason } = acceptedWords(finding);
    return `- ${rule}, ${text(object)}: by ${text(by)}: ${text(reason)}\n`;
  });
  return more === 0 ? items : [...items, `- ${text(moreAccepted(shown, more))}\n`];
}

function where(source: SourcePosition = {}): string {
  return text(describeSource(source));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** On one line, and as it is. */
function text(words: string): string {
  return literal(asOneLine(words));
}
