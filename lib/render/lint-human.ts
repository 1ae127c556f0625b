import type { NotApplicable } from '../lint/lint-cluster';
import { append } from '../model/collections';
import { describeObject, type LintFinding, type Severity } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { count, listWords } from '../model/word-list';
import { acceptedLines, cameWithChangeLines } from './accepted';
import { paint, type Tone } from './colours';
import { byFix, groupFindings, shownOf } from './finding-groups';
import { findingWords } from './finding-words';
import { countFindings, firstPlace, type LintAnswer, type LintRenderOptions } from './lint-answer';

const TONES = { error: 'bad', warning: 'doubtful', info: 'note' } as const satisfies Record<Severity, Tone>;

const GAP = '  ';
const INDENT = '  ';

/** Findings for a terminal, what is accepted and by whom, what was not judged, and where more is to be read. */
export function* renderLintHuman(answer: LintAnswer, options: LintRenderOptions = {}): Generator<string> {
  const { findings, acknowledged, notApplicable, standing } = answer;
  yield* findingLines(findings, options);
  if (findings.length > 0) {
    yield '\n';
  }
  yield `${closing(answer)}\n`;
  yield* acceptedLines(acknowledged, options.wide, standing);
  yield* cameWithChangeLines(standing, options.wide);
  if (notApplicable.length > 0) {
    yield `Not judged: ${reasonsNotApplicable(notApplicable)}.\n`;
  }
  const [first] = groupFindings(findings);
  if (first !== undefined) {
    yield `Explain: npx cdk8s-aks-network-policy lint --explain ${first.rule}\n`;
  }
}

/** Findings by rule: what is the matter with each object, and once for all alike what to write instead. */
export function* findingLines(
  findings: readonly LintFinding[],
  { colour = false, wide = false }: LintRenderOptions = {},
): Generator<string> {
  let separator = '';
  for (const { rule, severity, findings: own } of groupFindings(findings)) {
    yield separator;
    separator = '\n';
    yield `${colour ? paint(TONES[severity], severity) : severity}  ${rule}  ${count(own.length, 'finding')}\n`;
    const { shown, more } = shownOf(own, wide);
    for (const alike of byFix(shown)) {
      yield* alike.flatMap(linesAbout);
      yield `${INDENT}${findingWords(alike[0] as LintFinding).fix}\n`;
    }
    if (more > 0) {
      yield `${INDENT}and ${more} more: --wide lists them all\n`;
    }
  }
}

function linesAbout(finding: LintFinding): string[] {
  const { what, seen } = findingWords(finding);
  const heading = [inOneLine(describeObject(finding.object)), placeOf(finding)];
  return [
    `${INDENT}${heading.join(GAP).trimEnd()}\n`,
    ...[what, ...(seen === undefined ? [] : [seen])].map((line) => `${INDENT}${INDENT}${line}\n`),
  ];
}

/** `main.ts:12:5`, `dist/shop.k8s.yaml:40`, or the construct when no line is known. */
function placeOf({ source }: LintFinding): string {
  const { file, line, column } = firstPlace(source) ?? { file: source?.construct ?? '' };
  return inOneLine([file, line, column].filter((part) => part !== undefined).join(':'));
}

function closing({ findings, acknowledged, problems }: LintAnswer): string {
  const more = [
    ...(acknowledged.length === 0 ? [] : [`${acknowledged.length} accepted`]),
    ...(problems.length === 0
      ? []
      : [`${count(problems.length, 'problem')} with the input, so more may be wrong`]),
  ];
  const [first, ...rest] = [countFindings(findings), ...more].join('; ');
  return `${first?.toUpperCase()}${rest.join('')}.`;
}

/** `a-rule and b-rule (the engine is not known); a-rule, b-rule, c-rule and 7 more (…)` */
export function reasonsNotApplicable(notApplicable: readonly NotApplicable[]): string {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of notApplicable) {
    append(byReason, reason, rule);
  }
  return [...byReason].map(([reason, rules]) => `${listWords(rules)} (${reason})`).join('; ');
}
