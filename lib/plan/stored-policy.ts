import { canonicalText } from '../model/canonical-text';
import type { NetworkPolicyEntry } from '../model/cluster';
import type { NetworkPolicy } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import type { SourcePosition } from '../model/source-position';
import { storedSpec } from '../model/stored-spec';
import type { PolicyPair } from './policy-pairs';

/**
 * A policy as the server would store it. If the server refuses it: as it is written, with the labels and annotations of
 * the policy in the cluster, because no apply removes those.
 *
 * @param stored the server's answer; left out if it refuses
 */
export function asStored({ policy, there }: PolicyPair, stored?: NetworkPolicyEntry): NetworkPolicyEntry {
  const result = stored?.written ?? onTopOf(there?.written, policy.written);
  return networkPolicyEntry(result, { ...policy, source: sourceOf(policy, result) });
}

/** If the result has what others manage, its program did not write all of it; what the program accepts then does not count. */
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
