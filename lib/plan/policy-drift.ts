import type { PolicyObject } from '../model/cluster';
import { byPolicyName, identityOf, type ManagedPolicy, type PolicyIdentity } from './any-policy';
import { type FieldChange, fieldChanges } from './field-changes';
import { fieldsAppliedTo, isOwned, managersOf } from './ownership';
import { type PolicyPair, pairsOf } from './policy-pairs';
import { storedFields } from './stored-policy';

/**
 * How a policy in the cluster differs from manifests.
 *
 * - `missing`: in the manifests, not in the cluster
 * - `changed`: different in both
 * - `extra`: in the cluster and owned by code, but not in the manifests, although these cover its place
 * - `foreign`: in the cluster, neither in the manifests nor owned by code; this is no drift
 */
export type DriftWord = 'missing' | 'changed' | 'extra' | 'foreign';

/** A policy that differs between the cluster and the manifests. */
export interface PolicyDrift extends PolicyIdentity {
  readonly drift: DriftWord;
  /** For `changed`: `before` is the manifests' value, `after` the cluster's. */
  readonly fields: readonly FieldChange[];
  /** Its field managers in the cluster. */
  readonly managers: readonly string[];
}

/**
 * Compares policies of manifests with those of a cluster, in the form in which the API server stores them. Labels and
 * annotations that others added are ignored. So are policies owned by code in places that the manifests do not cover:
 * they may belong to another program. Policies of the whole cluster are covered if the manifests have one.
 *
 * @param wanted the policies of the manifests
 * @param live the policies of the cluster
 * @param namespaces that the manifests cover, even without a policy
 */
export function driftOf(
  wanted: readonly ManagedPolicy[],
  live: readonly ManagedPolicy[],
  namespaces: ReadonlySet<string>,
): readonly PolicyDrift[] {
  const isWide = wanted.some(({ namespace }) => namespace === undefined);
  const isCovered = (namespace: string | undefined) =>
    namespace === undefined ? isWide : namespaces.has(namespace);
  return [
    ...pairsOf(wanted, live).flatMap(driftOfOne),
    ...pairsOf(live, wanted)
      .filter(({ there }) => there === undefined)
      .map(({ policy }) => policy)
      .filter(({ namespace, written }) => isCovered(namespace) || !isOwned(written))
      .map((entry) => drift(isOwned(entry.written) ? 'extra' : 'foreign', entry)),
  ].sort(byPolicyName);
}

function driftOfOne({ policy: wanted, there: live }: PolicyPair): PolicyDrift[] {
  if (live === undefined) {
    return [drift('missing', wanted)];
  }
  const ownPart = (policy: ManagedPolicy) => ({
    metadata: {
      labels: ownTexts('labels', policy.written, wanted.written, live.written),
      annotations: ownTexts('annotations', policy.written, wanted.written, live.written),
    },
    ...storedFields(policy),
  });
  const fields = fieldChanges(ownPart(wanted), ownPart(live));
  return fields.length === 0 ? [] : [drift('changed', live, fields)];
}

/** The labels or annotations of a policy that the manifest has or that this package once applied. */
function ownTexts(
  field: 'labels' | 'annotations',
  policy: PolicyObject,
  wanted: PolicyObject,
  live: PolicyObject,
): object {
  const own = new Set([...Object.keys(wanted.metadata[field] ?? {}), ...fieldsAppliedTo(live, field)]);
  return Object.fromEntries(Object.entries(policy.metadata[field] ?? {}).filter(([key]) => own.has(key)));
}

function drift(word: DriftWord, policy: ManagedPolicy, fields: readonly FieldChange[] = []): PolicyDrift {
  return { drift: word, ...identityOf(policy), fields, managers: managersOf(policy.written) };
}
