import { loadAll } from 'js-yaml';
import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { diffConnections } from '../../lib/diff/diff-connections';
import { RULES } from '../../lib/lint/catalogue';
import { LintContext } from '../../lib/lint/context';
import { lint } from '../../lib/lint/lint-cluster';
import { mayConcern, missingFor } from '../../lib/lint/rule-engines';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { PolicyObject } from '../../lib/model/cluster';
import { remembered } from '../../lib/model/collections';
import { type Edit, edited } from '../../lib/model/edit';
import {
  describeObject,
  type Intent,
  type LintFinding,
  NO_INTENT,
  type ObjectReference,
  SEVERITIES,
} from '../../lib/model/finding';
import { describePlace } from '../../lib/model/place';
import { partyNames } from '../../lib/reachability/answers/party-names';
import { Reachability } from '../../lib/reachability/reachability';
import type { Example } from './read-rule-page';

/** What a rule judges: objects as manifests have them, and what is known beside them. */
export interface Given {
  readonly objects: readonly PolicyObject[];
  readonly profile: AksClusterProfile;
  readonly today: string;
  readonly intent: Intent;
}

export function givenBy({ manifests, profile = {}, today = '2026-11-22', intent }: Example): Given {
  const objects = loadAll(manifests).filter((each) => each !== null) as PolicyObject[];
  return { objects, profile, today, intent: { ...NO_INTENT, ...intent } };
}

/** The objects with changes made one after the other. */
export function applied(objects: readonly PolicyObject[], edits: readonly Edit[]): readonly PolicyObject[] {
  return edits.reduce(apply, objects);
}

function apply(objects: readonly PolicyObject[], edit: Edit): readonly PolicyObject[] {
  if (edit.kind === 'create') {
    expect(objects.filter((each) => isThe(each, { ...edit.object, ...edit.object.metadata }))).toEqual([]);
    return [...objects, edit.object];
  }
  expect(objects.filter((each) => isThe(each, edit.of))).toHaveLength(1);
  return edit.kind === 'delete'
    ? objects.filter((each) => !isThe(each, edit.of))
    : objects.map((each) => (isThe(each, edit.of) ? edited(each, edit) : each));
}

function isThe({ kind, metadata }: PolicyObject, of: ObjectReference): boolean {
  return kind === of.kind && metadata.name === of.name && metadata.namespace === of.namespace;
}

/** The edits of the fix of a finding; undefined where a person has to choose. */
export function editsOf({ rule, message, field }: LintFinding, given: Given): readonly Edit[] | undefined {
  const { objects, profile, today, intent } = given;
  const context = new LintContext(readManifests(objects, profile).cluster, { profile, today, intent });
  // Rules run in their order: what one has told, a later one leaves out.
  const judging = RULES.filter(
    (each) => mayConcern(each, context) && missingFor(each, context) === undefined,
  );
  const found = judging.flatMap((each) =>
    [...each.check(context)].filter(
      (said) =>
        each.id === rule &&
        said.message === message &&
        (said.field === undefined ? field === undefined : describePlace(said.field) === field),
    ),
  );
  const [{ fix } = {}] = found;
  return typeof fix === 'object' ? fix.edits : undefined;
}

/** The open findings, the accepted left out. */
export const findings = remembered(
  ({ objects, profile, today, intent }: Given): readonly LintFinding[] =>
    lint(readManifests(objects, profile).cluster, { profile, today, intent }).findings,
);

/** Findings that came and are as serious as a mended one: `warning one-sided-allow NetworkPolicy shop/db spec.egress[0]`. */
export function worse(before: Given, after: Given, mended: Pick<LintFinding, 'severity'>): readonly string[] {
  const known = new Set(findings(before).map(placeOf));
  return findings(after)
    .filter(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(mended.severity))
    .filter((finding) => !known.has(placeOf(finding)))
    .map((finding) => `${finding.severity} ${placeOf(finding)}`);
}

/** `one-sided-allow NetworkPolicy shop/db spec.egress[0]` */
export function placeOf({ rule, object, field = '' }: LintFinding): string {
  return `${rule} ${describeObject(object)} ${field}`.trim();
}

/** What is no longer surely allowed: `any pod → shop/web: 80/TCP`. */
export function cuts(before: Given, after: Given): readonly string[] {
  const names = partyNames();
  const [was, is] = [before, after].map(({ objects, profile }) =>
    Reachability.of(readManifests(objects, profile).cluster, { profile }),
  ) as [Reachability, Reachability];
  return diffConnections(was, is).flatMap((change) => {
    const gone = change.before.allowed.without(change.after.allowed);
    return gone.isEmpty ? [] : `${names(change.from)} → ${names(change.to)}: ${gone}`;
  });
}
