import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';

/** Manifests of live pods, and clusters of these that are judged. */

interface LivePod {
  readonly node?: string;
  readonly ips?: readonly string[];
  readonly ports?: readonly object[];
  readonly hostNetwork?: boolean;
  readonly owner?: string;
}

export const pod = (
  name: string,
  { node, ips = [], ports = [], hostNetwork = false, owner }: LivePod = {},
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: owner ?? name },
    ...(owner === undefined
      ? {}
      : { ownerReferences: [{ kind: 'StatefulSet', name: owner, controller: true }] }),
  },
  spec: { nodeName: node, hostNetwork, containers: [{ ports }] },
  status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
});
export const policy = (spec: NetworkPolicySpec) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec,
});
export const db = { podSelector: { matchLabels: { app: 'db' } } };

export function judge(objects: readonly object[], profile: EngineProfile = {}): Reachability {
  const { cluster, problems } = readManifests(objects);
  expect(problems).toEqual([]);
  return Reachability.of(cluster, { profile });
}
