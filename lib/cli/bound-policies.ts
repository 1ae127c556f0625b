import { type NetworkPolicyEntry, qualifiedName } from '../model/cluster';
import { versionOf } from '../model/policy-plan';
import { withoutServerFields } from '../model/server-fields';

/** The policies as they are sent: bound to the version that was read, where the cluster has one. */
export function boundTo(
  live: readonly NetworkPolicyEntry[],
  policies: readonly NetworkPolicyEntry[],
): readonly NetworkPolicyEntry[] {
  const known = new Map(live.map((policy) => [qualifiedName(policy), policy]));
  return policies.map((entry) => {
    const there = known.get(qualifiedName(entry));
    const written = withoutServerFields({ ...entry.written }) as unknown as NetworkPolicyEntry['written'];
    const version = there === undefined ? {} : versionOf(there);
    return {
      ...entry,
      written: { ...written, metadata: { ...written.metadata, namespace: entry.namespace, ...version } },
    };
  });
}
