import type { AcknowledgedFinding } from '../lint/acceptances';
import { defined } from '../model/defined';
import { describeObject, type FindingCode, isCounted, type LintFinding } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { describeManifestProblem } from '../model/manifest-problem';
import { describeSource } from '../model/source-position';
import { count } from '../model/word-list';
import { acceptedWords, cameWithChangeNotes } from './accepted';
import { linesOf } from './finding-words';
import { countFindings, type LintAnswer } from './lint-answer';
import { inputSentences } from './notes';
import { openTag, xmlText } from './xml';

/** One case of the suite: a rule, or the reading of the input. */
interface Case {
  readonly name: string;
  readonly outcome?: {
    readonly tag: 'failure' | 'error';
    readonly type: string;
    readonly text: string;
    readonly message: string;
  };
  readonly skipped?: string;
  /** What does not make the case fail. */
  readonly notes: readonly string[];
}

/**
 * JUnit's XML: a case for each rule, and one for the input. What is below the severity that makes a run fail, and
 * what is accepted, stands in the output of a case that passes.
 */
export function* renderJunit(answer: LintAnswer): Generator<string> {
  const cases = [inputCase(answer), ...answer.rules.map((rule) => ruleCase(rule, answer))];
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ outcome }) => outcome?.tag === 'failure').length,
    errors: cases.filter(({ outcome }) => outcome?.tag === 'error').length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  };
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `${openTag('testsuites', { name: SUITE, ...counts })}\n`;
  yield `  ${openTag('testsuite', { name: SUITE, ...counts })}\n`;
  for (const each of cases) {
    yield* writeCase(each);
  }
  yield '  </testsuite>\n</testsuites>\n';
}

const SUITE = 'aks-netpol lint';

function inputCase(answer: LintAnswer): Case {
  const { problems } = answer;
  return {
    name: 'the input can be read',
    notes: [...cameWithChangeNotes(answer).map(({ line }) => line), ...inputSentences(answer).map(inOneLine)],
    ...(problems.length === 0
      ? {}
      : {
          outcome: {
            tag: 'error',
            type: 'problem',
            message: count(problems.length, 'problem'),
            text: problems.map((problem) => inOneLine(describeManifestProblem(problem))).join('\n'),
          },
        }),
  };
}

function ruleCase(rule: FindingCode, { findings, acknowledged, notApplicable, failOn }: LintAnswer): Case {
  const own = findings.filter((finding) => finding.rule === rule);
  const failing = own.filter(({ severity }) => isCounted(severity, failOn));
  const [first] = failing;
  const [skipped] = notApplicable.filter((each) => each.rule === rule).map(({ reason }) => inOneLine(reason));
  return {
    name: rule,
    ...(first === undefined
      ? {}
      : {
          outcome: {
            tag: 'failure',
            type: first.severity,
            message: countFindings(failing),
            text: failing.map(describeFinding).join('\n\n'),
          },
        }),
    ...defined({ skipped }),
    notes: [
      ...own.filter(({ severity }) => !isCounted(severity, failOn)).map(describeFinding),
      ...acknowledged.filter((finding) => finding.rule === rule).map((finding) => acceptedNote(finding)),
    ],
  };
}

function acceptedNote(finding: AcknowledgedFinding): string {
  const { by, reason } = acceptedWords(finding);
  return `accepted by ${by} (${reason}): ${describeFinding(finding)}`;
}

function describeFinding(finding: LintFinding): string {
  const { severity, object, source = {} } = finding;
  const where = describeSource(source);
  return [
    inOneLine(`${severity}: ${describeObject(object)}${where === '' ? '' : ` (${where})`}`),
    ...linesOf(finding).map((line) => `  ${line}`),
  ].join('\n');
}

function* writeCase({ name, outcome, skipped, notes }: Case): Generator<string> {
  const testcase = openTag('testcase', { classname: SUITE, name });
  const inner = [
    ...(outcome === undefined
      ? []
      : [
          `${openTag(outcome.tag, { type: outcome.type, message: outcome.message })}${xmlText(outcome.text)}</${outcome.tag}>`,
        ]),
    ...(skipped === undefined ? [] : [openTag('skipped', { message: skipped }, '/')]),
    ...(notes.length === 0 ? [] : [`<system-out>${xmlText(notes.join('\n\n'))}</system-out>`]),
  ];
  yield inner.length === 0
    ? `    ${testcase.slice(0, -1)}/>\n`
    : `    ${testcase}\n${inner.map((line) => `      ${line}\n`).join('')}    </testcase>\n`;
}
