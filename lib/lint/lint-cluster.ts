import type { NotJudged } from '../aks/enforcement';
import { managedPolicies } from '../aks/managed-policies';
import type { Cluster, Maker } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import { type FieldPath, fieldText } from '../model/field-path';
import {
  describeObject,
  type FieldPlaces,
  type FindingCode,
  type LintFinding,
  SEVERITIES,
} from '../model/finding';
import type { Inventory } from '../model/inventory';
import { describePlace, isPath, type Place } from '../model/place';
import type { CodePosition, RuleLines } from '../model/source-position';
import { AcceptanceIndex, type AcknowledgedFinding, acceptedIn, type FoundAt } from './acceptances';
import { RULES } from './catalogue';
import { LintContext, type LintOptions } from './context';
import { usualFix, wordsFor } from './fix';
import type { LintRule } from './lint-rule';
import { mayConcern, missingFor } from './rule-engines';

/** A rule that could not judge, and what would have to be known. */
export interface NotApplicable {
  readonly rule: FindingCode;
  readonly reason: string;
}

export interface LintReport {
  /** What is open, the most serious first, then by object, field and rule. */
  readonly findings: readonly LintFinding[];
  /** What was found and is accepted. */
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly notApplicable: readonly NotApplicable[];
  /** The policies of kinds that no rule judges. */
  readonly notJudged: readonly NotJudged[];
  /** The objects from which somebody makes pods that no manifest tells of: no rule calls these missing. */
  readonly makers: readonly Maker[];
  /** What was read, and what was passed over; left out where it comes from no files. */
  readonly inventory?: Inventory;
}

/**
 * Judges the network policies of a cluster by every rule of the catalogue. What could not be read is no
 * finding: it is among the problems of `readManifests`, and makes rules silent where it matters.
 */
export function lint(cluster: Cluster, options: LintOptions = {}): LintReport {
  const context = contextOf(cluster, options);
  const acceptances = new AcceptanceIndex(context.acceptances);
  const findings: LintFinding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  const notApplicable: NotApplicable[] = [];
  const fields = new Map<LintFinding, FieldPath>();
  for (const rule of RULES.filter((each) => mayConcern(each, context))) {
    const reason = missingFor(rule, context);
    if (reason !== undefined) {
      notApplicable.push({ rule: rule.id, reason });
      continue;
    }
    for (const { finding, field, acceptance } of acceptedIn(
      findingsOf(rule, context, options.ruleLines),
      acceptances,
      context,
    )) {
      if (acceptance === undefined) {
        findings.push(finding);
        fields.set(finding, field);
      } else {
        const accepted = { ...finding, ...acceptance };
        acknowledged.push(accepted);
        fields.set(accepted, field);
      }
    }
  }
  return {
    findings: placed(sorted(findings), fields, options.fieldPlaces),
    acknowledged: placed(sorted(acknowledged), fields, options.fieldPlaces),
    notApplicable,
    notJudged: context.reachability.notJudged,
    makers: cluster.makers ?? [],
    ...defined({ inventory: cluster.inventory }),
  };
}

/** The policies that Azure keeps in managed namespaces are judged with the others; nobody can change them. */
function contextOf(cluster: Cluster, options: LintOptions): LintContext {
  const put = managedPolicies(cluster, options.profile ?? {});
  if (put.length === 0) {
    return new LintContext(cluster, options);
  }
  const { reachability, ...rest } = options;
  const judged = reachability === undefined ? rest : { ...rest, reachability: reachability.with({ put }) };
  return new LintContext({ ...cluster, policies: [...cluster.policies, ...put] }, judged);
}

function* findingsOf(
  { id, severity, fix: usual, check }: LintRule,
  context: LintContext,
  ruleLines?: RuleLines,
): Generator<FoundAt> {
  for (const { field, fix, ...observation } of check(context)) {
    const words = wordsFor(fix ?? usualFix(usual, observation.object), observation.source);
    const finding = { rule: id, severity, ...observation, fix: words };
    if (field === undefined) {
      yield { finding, field: [] };
      continue;
    }
    const code = lineOfRule(finding.object, field, ruleLines);
    const source = code === undefined ? {} : { source: { ...finding.source, code } };
    yield {
      finding: { ...finding, ...source, field: describePlace(field) },
      // A place in a construct is no path in the manifest.
      field: isPath(field) ? field : [],
    };
  }
}

/** The line that wrote the rule in which a field of a policy stands, where a line of its own wrote it. */
function lineOfRule(
  { namespace, name }: LintFinding['object'],
  field: Place,
  ruleLines?: RuleLines,
): CodePosition | undefined {
  const lines = ruleLines?.get(`${namespace}/${name}`);
  return isPath(field) ? lines?.[fieldText(field.slice(0, RULE_DEPTH))] : undefined;
}

/** `spec`, `ingress` or `egress`, and the position in it. */
const RULE_DEPTH = 3;

/** The most serious first, then by object, field, rule and words, so that the same input gives the same list. */
function sorted<F extends LintFinding>(findings: readonly F[]): F[] {
  return findings
    .map((finding) => ({ finding, object: describeObject(finding.object) }))
    .sort(
      ({ finding: a, object: ofA }, { finding: b, object: ofB }) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        compare(ofA, ofB) ||
        compare(a.field ?? '', b.field ?? '') ||
        compare(a.rule, b.rule) ||
        compare(a.message, b.message),
    )
    .map(({ finding }) => finding);
}

/**
 * Findings at the lines of their fields. Those of one text are placed one after the other, because a text is read once
 * more for them.
 *
 * @param fields the way to the field of each finding; empty where its object as a whole is meant
 */
function placed<F extends LintFinding>(
  findings: readonly F[],
  fields: ReadonlyMap<LintFinding, FieldPath>,
  places: FieldPlaces | undefined,
): readonly F[] {
  if (places === undefined) {
    return findings;
  }
  const found = new Map<F, F>();
  for (const finding of [...findings].sort(byText)) {
    const { object, source } = finding;
    const field = fields.get(finding);
    if (source !== undefined && field !== undefined) {
      found.set(finding, { ...finding, source: places.placeOf(object, source, field) });
    }
  }
  return findings.map((finding) => found.get(finding) ?? finding);
}

function byText({ source: a = {} }: LintFinding, { source: b = {} }: LintFinding): number {
  return compare(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0);
}
