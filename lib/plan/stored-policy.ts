import { canonicalText } from '../model/canonical-text';
import type { NetworkPolicyEntry } from '../model/cluster';
import type { NetworkPolicy } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import type { SourcePosition } from '../model/source-position';
import { storedSpec } from '../model/stored-spec';
import type { PolicyPair } from './policy-pairs';

/**
 * A policy as the server would store it; where it refuses it, as it is written, with the labels and annotations that
 * others have put on the one that is there: no apply would take those away.
 *
 * @param stored what the server would store, unless it refuses
 */
export function asStored({ policy, there }: PolicyPair, stored?: NetworkPolicyEntry): NetworkPolicyEntry {
  const result = stored?.written ?? onTopOf(there?.written, policy.written);
  return networkPolicyEntry(result, { ...policy, source: sourceOf(policy, result) });
}

/** What others manage in a policy its program did not write, so what that accepts does not count for the whole. */
function sourceOf(
  { written, source }: NetworkPolicyEntry,
  { spec }: NetworkPolicy,
): SourcePosition | undefined {
  const { program, ...place } = source ?? {};
  const isAsWritten = canonicalText(storedSpec(written.spec)) === canonicalText(storedSpec(spec));
  return program === undefined || isAsWritten ? source : place;
}

function onTopOf(there: NetworkPolicy | undefined, { metadata, ...written }: NetworkPolicy): NetworkPolicy {
  const kept = (field: 'labels' | 'annotations') =>
    there?.metadata[field] === undefined ? {} : { [field]: { ...there.metadata[field], ...metadata[field] } };
  return {
    ...written,
    metadata: { ...metadata, ...kept('labels'), ...kept('annotations') },
    spec: storedSpec(written.spec),
  };
}
