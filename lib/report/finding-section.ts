import { describeObject, type LintFinding } from '../model/finding';
import { describeManifestProblem } from '../model/manifest-problem';
import { count } from '../model/word-list';
import { acceptedWords } from '../render/accepted';
import { byFix, type FindingGroup, groupFindings } from '../render/finding-groups';
import { findingWords } from '../render/finding-words';
import { firstPlace, type LintAnswer } from '../render/lint-answer';
import { reasonsNotApplicable } from '../render/lint-human';
import { inputSentences } from '../render/notes';
import { textElement } from '../render/xml';
import { folded, section, wrap } from './html';
import type { Report } from './report-content';

/** What is wrong, the most serious first, and what to write instead; what somebody accepts stands below. */
export function findingSection({ lint }: Report): string {
  const groups = groupFindings(lint.findings);
  return section(
    'findings',
    `Findings ${quantity(lint.findings.length)}`,
    ...(groups.length === 0
      ? [textElement('p', {}, 'No rule found anything.')]
      : groups.map((group, i) => groupOf(group, idOf(group, groups.slice(0, i))))),
    acceptedOf(lint),
  );
}

export function quantity(number: number): string {
  return textElement('span', { class: 'quantity' }, String(number));
}

/** More than this many findings of a rule are folded. */
const MANY = 3;

/** A rule may find the same with several severities; its link leads to the most serious. */
function idOf({ rule, severity }: FindingGroup, before: readonly FindingGroup[]): string {
  const isFirst = before.every((group) => group.rule !== rule);
  return `findings/${rule}${isFirst ? '' : `/${severity}`}`;
}

function groupOf({ rule, severity, findings }: FindingGroup, id: string): string {
  const items = byFix(findings).map((alike) =>
    wrap(
      'div',
      { class: 'finding', 'data-filter': '' },
      ...alike.map(about),
      textElement('p', { class: 'fix' }, findingWords(alike[0] as LintFinding).fix),
    ),
  );
  const [shown, rest] = [items.slice(0, MANY), items.slice(MANY)];
  return wrap(
    'article',
    { id, class: `group severity-${severity}` },
    wrap(
      'h3',
      {},
      textElement('span', { class: 'tag' }, severity),
      ' ',
      textElement('span', {}, rule),
      ' ',
      quantity(findings.length),
    ),
    ...shown,
    ...(rest.length === 0 ? [] : [folded(`${rest.length} more of this rule`, {}, ...rest)]),
  );
}

function about(finding: LintFinding): string {
  const { what, seen } = findingWords(finding);
  const { file = '', line, column } = firstPlace(finding.source) ?? {};
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return wrap(
    'p',
    {},
    textElement('strong', {}, describeObject(finding.object)),
    ' ',
    textElement('code', { class: 'place' }, place),
    '<br>',
    textElement('span', {}, what),
    ...(seen === undefined ? [] : ['<br>', textElement('span', { class: 'quiet' }, seen)]),
  );
}

function acceptedOf({ acknowledged }: LintAnswer): string {
  if (acknowledged.length === 0) {
    return '';
  }
  const items = acknowledged.map((each) => {
    const { rule, object, by, reason } = acceptedWords(each);
    return textElement('li', {}, `${rule}  ${object}  by ${by}: ${reason}`);
  });
  return folded(`${acknowledged.length} accepted`, {}, wrap('ul', {}, ...items));
}

/** What the page does not know: what could not be read, what nobody judges, and which rules could not judge. */
export function notJudgedSection({ lint, reachability }: Report): string {
  const { problems, notApplicable } = lint;
  const lines = [
    ...problems.map(describeManifestProblem),
    ...inputSentences(reachability),
    ...(notApplicable.length === 0
      ? []
      : [`${count(notApplicable.length, 'rule')} could not judge: ${reasonsNotApplicable(notApplicable)}.`]),
  ];
  return section(
    'not-judged',
    'Not judged',
    lines.length === 0
      ? textElement('p', {}, 'All that was read is judged.')
      : wrap('ul', {}, ...lines.map((line) => textElement('li', {}, line))),
  );
}
