import type { Acceptance, AcknowledgedFinding } from '../lint/acceptances';
import { defined } from '../model/defined';
import type { LintFinding } from '../model/finding';
import type { ManifestProblem } from '../model/manifest-problem';
import { describePlace } from '../model/place';
import type { SourcePosition } from '../model/source-position';
import { jsonDocument } from './json-output';
import type { LintAnswer } from './lint-answer';
import { makerJson } from './listed-parties';

/** What could not be read, as JSON. */
export interface ProblemJson {
  /** A stable word; new ones come with new checks. */
  readonly code: string;
  /** The field. */
  readonly at: string;
  /** What stands there. */
  readonly got: string;
  readonly problem: string;
  /** What to write instead. */
  readonly fix: string;
  /** `NetworkPolicy shop/db`; left out when it is not known. */
  readonly object?: string;
  readonly source: SourcePosition;
}

/** `{"schemaVersion": 1, "findings": [...], "acknowledged": [...], ...}`, an entry on each line. */
export function renderLintJson(answer: LintAnswer): Generator<string> {
  const lists = {
    findings: answer.findings.map(findingJson),
    acknowledged: answer.acknowledged.map(acknowledgedJson),
    cameWithChange: (answer.standing?.cameWithChange ?? []).map(acceptanceJson),
    notApplicable: answer.notApplicable.map(({ rule, reason }) => ({ rule, reason })),
    notJudged: answer.notJudged,
    makers: answer.makers.map(makerJson),
    problems: answer.problems.map(problemJson),
  };
  const { inventory } = answer;
  return jsonDocument({}, lists, defined({ inventory }));
}

/** The fields in one order, whatever the order in which a rule gives them. */
export function findingJson({ rule, severity, object, field, message, witness, fix, source }: LintFinding) {
  const { kind, namespace, name } = object;
  return { rule, severity, object: { kind, namespace, name }, field, message, witness, fix, source };
}

/** A finding with what accepts it, and whose that is. */
export function acknowledgedJson({ acknowledgement, acceptedBy, ...finding }: AcknowledgedFinding) {
  return { ...findingJson(finding), ...acceptanceJson({ acknowledgement, acceptedBy }) };
}

function acceptanceJson({ acknowledgement, acceptedBy }: Acceptance) {
  const { rule, reason, until, construct, object, atMost, isPartial, source } = acknowledgement;
  return {
    acknowledgement: { rule, reason, until, construct, object, atMost, isPartial, source },
    acceptedBy,
  };
}

/** A problem for a program. */
export function problemJson({ code, at, got, problem, fix, object, source }: ManifestProblem): ProblemJson {
  return defined({ code, at: describePlace(at), got, problem, fix, object, source });
}
