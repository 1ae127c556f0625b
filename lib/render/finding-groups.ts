import { append, compare } from '../model/collections';
import { type FindingCode, type LintFinding, SEVERITIES, type Severity } from '../model/finding';

/** The findings of one rule and severity, in their order. */
export interface FindingGroup {
  readonly rule: FindingCode;
  readonly severity: Severity;
  readonly findings: readonly LintFinding[];
}

/** What a person is shown of many that are alike. */
export interface Shown<T> {
  readonly shown: readonly T[];
  /** How many more there are. */
  readonly more: number;
}

/** Of more than this many that are alike, a person is shown a few: the others tell nothing new. */
const MANY = 10;
/** How many are shown then. */
const EXAMPLES = 3;

/**
 * Findings by rule, as a person wants them on the first day: the most serious first, and of those the rules that found
 * little. A rule that speaks everywhere is about how the policies are written, and one that speaks once is a slip.
 */
export function groupFindings(findings: readonly LintFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    append(groups, `${finding.severity} ${finding.rule}`, finding);
  }
  return [...groups.values()]
    .map((own): FindingGroup => {
      const { rule, severity } = own[0] as LintFinding;
      return { rule, severity, findings: own };
    })
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        a.findings.length - b.findings.length ||
        compare(a.rule, b.rule),
    );
}

/** Findings of a rule by what is to be written instead, so that it is told once. */
export function byFix(findings: readonly LintFinding[]): readonly (readonly LintFinding[])[] {
  const groups = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    append(groups, finding.fix, finding);
  }
  return [...groups.values()];
}

/** @param isWide whether all are shown, however many there are */
export function shownOf<T>(all: readonly T[], isWide: boolean): Shown<T> {
  const shown = isWide || all.length <= MANY ? all : all.slice(0, EXAMPLES);
  return { shown, more: all.length - shown.length };
}
