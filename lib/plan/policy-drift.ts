import type { NetworkPolicyEntry } from '../model/cluster';
import type { NetworkPolicy } from '../model/network-policy';
import { storedSpec } from '../model/stored-spec';
import { type FieldChange, fieldChanges } from './field-changes';
import { fieldsAppliedTo, isOwned, managersOf } from './ownership';
import { type PolicyPair, pairsOf } from './policy-pairs';
import { byQualifiedName } from './policy-plan';

/**
 * How a policy in the cluster differs from manifests.
 *
 * - `missing`: in the manifests, not in the cluster
 * - `changed`: different in both
 * - `extra`: in the cluster and owned by code, but not in the manifests, although these cover its namespace
 * - `foreign`: in the cluster, neither in the manifests nor owned by code; this is no drift
 */
export type DriftWord = 'missing' | 'changed' | 'extra' | 'foreign';

/** A policy that differs between the cluster and the manifests. */
export interface PolicyDrift {
  readonly drift: DriftWord;
  readonly namespace: string;
  readonly name: string;
  /** For `changed`: `before` is the manifests' value, `after` the cluster's. */
  readonly fields: readonly FieldChange[];
  /** Its field managers in the cluster. */
  readonly managers: readonly string[];
}

/**
 * Compares policies of manifests with those of a cluster, in the form in which the API server stores them. Labels and
 * annotations that others added are ignored. So are policies owned by code in namespaces that the manifests do not
 * cover: they may belong to another program.
 *
 * @param wanted the policies of the manifests
 * @param live the policies of the cluster
 * @param namespaces that the manifests cover, even without a policy
 */
export function driftOf(
  wanted: readonly NetworkPolicyEntry[],
  live: readonly NetworkPolicyEntry[],
  namespaces: ReadonlySet<string>,
): readonly PolicyDrift[] {
  return [
    ...pairsOf(wanted, live).flatMap(driftOfOne),
    ...pairsOf(live, wanted)
      .filter(({ there }) => there === undefined)
      .map(({ policy }) => policy)
      .filter(({ namespace, written }) => namespaces.has(namespace) || !isOwned(written))
      .map((entry) => drift(isOwned(entry.written) ? 'extra' : 'foreign', entry)),
  ].sort(byQualifiedName);
}

function driftOfOne({ policy: wanted, there: live }: PolicyPair): PolicyDrift[] {
  if (live === undefined) {
    return [drift('missing', wanted)];
  }
  const ownPart = (policy: NetworkPolicy) => ({
    metadata: {
      labels: ownTexts('labels', policy, wanted.written, live.written),
      annotations: ownTexts('annotations', policy, wanted.written, live.written),
    },
    spec: storedSpec(policy.spec),
  });
  const fields = fieldChanges(ownPart(wanted.written), ownPart(live.written));
  return fields.length === 0 ? [] : [drift('changed', live, fields)];
}

/** The labels or annotations of a policy that the manifest has or that this package once applied. */
function ownTexts(
  field: 'labels' | 'annotations',
  policy: NetworkPolicy,
  wanted: NetworkPolicy,
  live: NetworkPolicy,
): object {
  const own = new Set([...Object.keys(wanted.metadata[field] ?? {}), ...fieldsAppliedTo(live, field)]);
  return Object.fromEntries(Object.entries(policy.metadata[field] ?? {}).filter(([key]) => own.has(key)));
}

function drift(
  word: DriftWord,
  { namespace, name, written }: NetworkPolicyEntry,
  fields: readonly FieldChange[] = [],
): PolicyDrift {
  return { drift: word, namespace, name, fields, managers: managersOf(written) };
}
