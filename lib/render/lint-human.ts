import { styleText } from 'node:util';
import type { NotApplicable } from '../lint/lint';
import { count } from '../lint/words';
import { describeObject, type LintFinding, type Severity } from '../model/finding';
import { listWords } from '../model/word-list';
import { acceptedLines } from './accepted';
import { linesOf } from './finding-words';
import { inOneLine } from './harmless';
import { countFindings, firstPlace, type LintAnswer, type LintRenderOptions } from './lint-answer';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, string>;

const GAP = '  ';

/** Findings for a terminal, what is accepted and by whom, what was not judged, and where more is to be read. */
export function* renderLintHuman(answer: LintAnswer, options: LintRenderOptions = {}): Generator<string> {
  const { findings, acknowledged, notApplicable } = answer;
  yield* findingLines(findings, options);
  if (findings.length > 0) {
    yield '\n';
  }
  yield `${closing(answer)}\n`;
  yield* acceptedLines(acknowledged);
  if (notApplicable.length > 0) {
    yield `Not judged: ${reasons(notApplicable)}.\n`;
  }
  const [first] = findings;
  if (first !== undefined) {
    yield `Explain: npx aks-netpol lint --explain ${first.rule}\n`;
  }
}

/** Findings: a heading of columns for each, what is the matter and what to write below it. */
export function* findingLines(
  findings: readonly LintFinding[],
  { colour = false }: LintRenderOptions = {},
): Generator<string> {
  const columns = (finding: LintFinding) => [
    finding.severity,
    finding.rule,
    inOneLine(describeObject(finding.object)),
  ];
  const widths = [0, 1, 2].map((i) =>
    findings.reduce((width, finding) => Math.max(width, columns(finding)[i]?.length ?? 0), 0),
  );
  const indent = ' '.repeat((widths[0] ?? 0) + GAP.length);
  let severity: Severity | undefined;
  for (const finding of findings) {
    if (severity !== undefined && severity !== finding.severity) {
      yield '\n';
    }
    severity = finding.severity;
    const [first = '', ...rest] = columns(finding).map((text, i) => text.padEnd(widths[i] ?? 0));
    const heading = [colour ? paint(severity, first) : first, ...rest, placeOf(finding)];
    yield `${heading.join(GAP).trimEnd()}\n`;
    for (const line of linesOf(finding)) {
      yield `${indent}${line}\n`;
    }
  }
}

function paint(severity: Severity, text: string): string {
  // Node 20 has it since 20.12. Whether there are colours is decided already; later Nodes would decide again.
  return styleText?.(COLOURS[severity], text, { validateStream: false }) ?? text;
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
export function reasons(notApplicable: readonly NotApplicable[]): string {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of notApplicable) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), rule]);
  }
  return [...byReason].map(([reason, rules]) => `${listWords(rules)} (${reason})`).join('; ');
}
