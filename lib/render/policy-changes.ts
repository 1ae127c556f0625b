import type { NotJudged } from '../aks/enforcement';
import type { ConnectionChange } from '../diff/connection-change';
import type { ChangeSummary } from '../diff/summary';
import type { AcknowledgedFinding } from '../lint/acceptances';
import type { LintFinding } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { describePlace } from '../model/place';
import { count } from '../model/word-list';
import { policyName } from '../plan/any-policy';
import type { FieldChange } from '../plan/field-changes';
import { type ChangedPolicy, isWork, type PlannedPolicy, type PlanResult } from '../plan/policy-plan';
import type { PartyWords } from '../reachability/answers/party-words';
import { changeJson, changeListing } from './change-listing';
import { changeTable } from './change-table';
import { renderJson } from './json-output';
import { acknowledgedJson, findingJson } from './lint-json';
import type { Layout } from './listing';
import { notesOf } from './notes';
import { renderTable } from './table';

/** How many objects of a kind there are. */
export interface KindCount {
  readonly kind: string;
  readonly count: number;
}

/** A change of a cluster's policies: what it is, what it does, and what has become of it. */
export interface PolicyChanges {
  readonly policies: readonly ChangedPolicy[];
  /** What the manifests hold beside policies, which is not this tool's to apply. */
  readonly passedOver: readonly KindCount[];
  /** What is found about the policies, and whatever else the change brings up. */
  readonly findings: readonly LintFinding[];
  /** What of it is accepted, and by whom. */
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly summary: ChangeSummary;
  readonly changes: readonly ConnectionChange[];
  /** The cluster's policies of kinds that nothing judges. */
  readonly notJudged: readonly NotJudged[];
}

/** What connections change, and what their ends are called. */
export interface ToldChanges extends Pick<PolicyChanges, 'changes' | 'summary'> {
  readonly words: PartyWords;
}

/** How changes are told to a person. */
export interface ToldLayout extends Layout {
  /** Whether everybody is named, in every row. @default in short */
  readonly wide?: true;
}

/** So many fields of a policy a person is told; JSON has all of them. */
const FIELDS = 6;

/** So many rows of connections a person is shown; JSON has them all, and so has `diff`. */
const ROWS = 20;

/** What becomes of the policies, for a person. */
export function* planLines(policies: readonly PlannedPolicy[]): Generator<string> {
  for (const policy of policies.filter(isWork)) {
    yield `${policy.action}  ${inOneLine(policyName(policy))}\n`;
    yield* fieldLines(policy.fields);
  }
  const kept = policies.filter((policy) => !isWork(policy)).length;
  if (kept > 0) {
    yield `${kept === 1 ? '1 policy is' : `${kept} policies are`} in the cluster as wanted\n`;
  }
}

/** `    spec.ingress[0].ports[0].port: 5432 -> 5433` */
export function* fieldLines(fields: readonly FieldChange[]): Generator<string> {
  for (const { field, before, after } of fields.slice(0, FIELDS)) {
    yield `    ${inOneLine(`${field}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}`)}\n`;
  }
  if (fields.length > FIELDS) {
    yield `    and ${count(fields.length - FIELDS, 'more field')}\n`;
  }
}

/** `passed over, for kubectl to apply: 1 Deployment, 2 Service` */
export function* passedOverLines(passedOver: readonly KindCount[]): Generator<string> {
  if (passedOver.length > 0) {
    const kinds = passedOver.map(({ kind, count: number }) => `${number} ${kind}`).join(', ');
    yield `passed over, for kubectl to apply: ${inOneLine(kinds)}\n`;
  }
}

/** What opens and closes, for a person: the summary, and the first rows. */
export function* connectionLines(
  { changes, summary, words }: ToldChanges,
  layout: ToldLayout = {},
): Generator<string> {
  if (layout.wide === true) {
    yield* renderTable(changeListing(changes, summary), layout);
    return;
  }
  const { rows, ...table } = changeTable(changes, summary, words);
  yield* renderTable({ ...table, rows: rows.slice(0, ROWS) }, layout);
  if (rows.length > ROWS) {
    yield `and ${count(rows.length - ROWS, 'more row')}\n`;
  }
}

/** Why the cluster refused, or why it did not answer, as JSON. */
export interface RefusalJson {
  /** A stable word; new ones come with new checks. */
  readonly code: string;
  readonly at: string;
  readonly got: string;
  readonly problem: string;
  /** What to do. */
  readonly fix: string;
}

/** One policy of a plan as JSON. */
export interface ChangedPolicyJson extends PlannedPolicy {
  readonly result: PlanResult;
  readonly refusal?: RefusalJson;
}

/** All of it, for a program. */
export function changesJson(report: PolicyChanges): Iterable<string> {
  const { policies, passedOver, findings, acknowledged, summary, changes, notJudged } = report;
  return renderJson({
    name: 'policies',
    notes: notesOf({ notJudged }),
    head: {
      json: {
        passedOver,
        findings: findings.map(findingJson),
        acknowledged: acknowledged.map(acknowledgedJson),
        summary,
        changes: changes.map(changeJson),
      },
    },
    rows: policies,
    toJson: policyJson,
  });
}

function policyJson({ refusal, ...policy }: ChangedPolicy): ChangedPolicyJson {
  if (refusal === undefined) {
    return policy;
  }
  const { code, at, got, problem, fix } = refusal;
  return { ...policy, refusal: { code, at: describePlace(at), got, problem, fix } };
}
