import type { AcknowledgedFinding } from '../lint/acceptances';
import { describeObject, type LintFinding } from '../model/finding';
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
import { MarkdownPage, MOST_BYTES, markdownText, row, where } from './markdown-page';
import { inputSentences } from './notes';

/** A comment or a job's summary: the verdict, what could not be read, a table of the findings, and their details. */
export function* renderLintMarkdown(
  answer: LintAnswer,
  { wide = false }: LintRenderOptions = {},
): Generator<string> {
  const { findings, acknowledged, notApplicable, problems, standing } = answer;
  const groups = groupFindings(findings);
  const page = new MarkdownPage();
  yield page.line(verdict(answer));
  if (groups.length > 1) {
    yield page.line(`\n${byRule(groups)}\n`);
  }
  yield* page.problems(problems);
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
    const lines = untold.map((line) => `${markdownText(line)}\n`);
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
    const lines = standing.cameWithChange.map((each) => `- ${markdownText(acceptanceWords(each))}\n`);
    yield* page.section(
      `\n**${markdownText(cameWithChangeHeading(standing))}:**\n\n`,
      lines,
      'acknowledgements',
    );
  }
  if (notApplicable.length > 0) {
    yield* page.section(
      '\n',
      [`Not judged: ${markdownText(reasonsNotApplicable(notApplicable))}.\n`],
      'rules that could not judge',
    );
  }
  yield* page.end();
}

/** Without a place where they stand already, nobody can tell whether they came with the change that is looked at. */
function acceptedWhere(standing: CountedAcknowledgements | undefined): string {
  return standing === undefined
    ? ', by files as this change leaves them'
    : `, as in ${markdownText(standing.places.join(' or '))}`;
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
  return row([severity, rule, markdownText(describeObject(object)), where(source), markdownText(what)]);
}

/** What to write instead, once for all findings that are mended alike, and what shows each of them. */
function details({ rule, findings }: FindingGroup, isWide: boolean): string[] {
  return byFix(shownOf(findings, isWide).shown).flatMap((alike) => {
    const [first] = alike as [LintFinding];
    const seen = alike.flatMap((finding) => {
      const words = findingWords(finding).seen;
      return words === undefined
        ? []
        : [`  - ${markdownText(describeObject(finding.object))}: ${markdownText(words)}\n`];
    });
    return [`- ${rule}: ${markdownText(first.fix)}\n`, ...seen];
  });
}

function acceptedItems({ shown, more }: Shown<AcknowledgedFinding>): string[] {
  const items = shown.map((finding) => {
    const { rule, object, by, reason } = acceptedWords(finding);
    return `- ${rule}, ${markdownText(object)}: by ${markdownText(by)}: ${markdownText(reason)}\n`;
  });
  return more === 0 ? items : [...items, `- ${markdownText(moreAccepted(shown, more))}\n`];
}
