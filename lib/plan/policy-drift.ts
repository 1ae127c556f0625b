import type { NetworkPolicyEntry } from '../model/cluster';
import { compare } from '../model/collections';
import type { NetworkPolicy } from '../model/network-policy';
import { storedSpec } from '../model/stored-spec';
import { type FieldChange, fieldChanges } from './field-changes';
import { fieldsAppliedTo, isOwned, managersOf } from './ownership';
import { type PolicyPair, pairsOf } from './policy-pairs';

/**
 * How a policy of a cluster stands to manifests.
 *
 * - `missing`: in the manifests, not in the cluster
 * - `changed`: in both, and not the same
 * - `extra`: in the cluster, owned by code, and not in the manifests, which speak of its namespace
 * - `foreign`: in the cluster, and neither in the manifests nor owned by code: no drift
 */
export type DriftWord = 'missing' | 'changed' | 'extra' | 'foreign';

/** A policy that is not in the cluster as it is in the manifests. */
export interface PolicyDrift {
  readonly drift: DriftWord;
  readonly namespace: string;
  readonly name: string;
  /** For `changed`: `before` as the manifests say, `after` as the cluster has it. */
  readonly fields: readonly FieldChange[];
  /** Who manages it in the cluster, by the names of their field managers. */
  readonly managers: readonly string[];
}

/**
 * Compares policies of manifests with those of a cluster, in the form in which the API server stores them. Labels
 * and annotations that others have put on a policy are theirs. Code's own policies in namespaces that the manifests
 * do not speak of may be another program's, and are not told.
 *
 * @param wanted as the manifests have them
 * @param live as the cluster has them
 * @param namespaces that the manifests speak of, also where no policy is left in them
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
      .map((entry) => told(isOwned(entry.written) ? 'extra' : 'foreign', entry)),
  ].sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function driftOfOne({ policy: wanted, there: live }: PolicyPair): PolicyDrift[] {
  if (live === undefined) {
    return [told('missing', wanted)];
  }
  const ours = (policy: NetworkPolicy) => ({
    metadata: {
      labels: ownTexts('labels', policy, wanted.written, live.written),
      annotations: ownTexts('annotations', policy, wanted.written, live.written),
    },
    spec: storedSpec(policy.spec),
  });
  const fields = fieldChanges(ours(wanted.written), ours(live.written));
  return fields.length === 0 ? [] : [told('changed', live, fields)];
}

/** Of the labels or annotations of a policy those that the manifest has, and those that code once applied. */
function ownTexts(
  field: 'labels' | 'annotations',
  policy: NetworkPolicy,
  wanted: NetworkPolicy,
  live: NetworkPolicy,
): object {
  const own = new Set([...Object.keys(wanted.metadata[field] ?? {}), ...fieldsAppliedTo(live, field)]);
  return Object.fromEntries(Object.entries(policy.metadata[field] ?? {}).filter(([key]) => own.has(key)));
}

function told(
  drift: DriftWord,
  { namespace, name, written }: NetworkPolicyEntry,
  fields: readonly FieldChange[] = [],
): PolicyDrift {
  return { drift, namespace, name, fields, managers: managersOf(written) };
}
