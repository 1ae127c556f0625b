import type { InstalledKind } from './installed-kind';
import { nameOfKind } from './kinds';
import type { ReadManifests } from './read-manifests';

/**
 * Kinds beside NetworkPolicy that decide about pods' traffic. They add denials, orders and host names, and nothing here
 * judges them. Calico's own API also lists the policies of other kinds, its objects in the cluster do not.
 *
 * @see docs.cilium.io, security/policy; network-policy-api.sigs.k8s.io; docs.tigera.io, resources/globalnetworkpolicy
 */
export const OTHER_POLICIES: readonly InstalledKind[] = [
  { kind: 'CiliumNetworkPolicy', apiVersions: ['cilium.io/v2'], plural: 'ciliumnetworkpolicies' },
  {
    kind: 'CiliumClusterwideNetworkPolicy',
    apiVersions: ['cilium.io/v2'],
    plural: 'ciliumclusterwidenetworkpolicies',
  },
  {
    kind: 'AdminNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha1'],
    plural: 'adminnetworkpolicies',
  },
  {
    kind: 'BaselineAdminNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha1'],
    plural: 'baselineadminnetworkpolicies',
  },
  {
    kind: 'ClusterNetworkPolicy',
    apiVersions: ['policy.networking.k8s.io/v1alpha2'],
    plural: 'clusternetworkpolicies',
  },
  {
    kind: 'GlobalNetworkPolicy',
    apiVersions: ['crd.projectcalico.org/v1', 'projectcalico.org/v3'],
    plural: 'globalnetworkpolicies',
  },
  { kind: 'NetworkPolicy', apiVersions: ['crd.projectcalico.org/v1'], plural: 'networkpolicies' },
];

const NAMES: ReadonlySet<string> = new Set(
  OTHER_POLICIES.flatMap(({ kind, apiVersions }) => apiVersions.map((version) => nameOfKind(kind, version))),
);

/** Whether a kind, by its name among those passed over, is one of policies. */
export function isOtherPolicy(name: string): boolean {
  return NAMES.has(name);
}

/** What to tell of what was passed over, or may not be looked at, although it matters. */
export function aboutUnjudged({ skipped, unlisted = [] }: ReadManifests): readonly string[] {
  const found = Object.entries(skipped).filter(([name]) => isOtherPolicy(name));
  const hidden = unlisted.filter(isOtherPolicy);
  const callers = unlisted.filter((name) => !isOtherPolicy(name));
  return [
    ...(found.length === 0
      ? []
      : [`not judged: ${found.map(([name, count]) => `${count} ${name}`).join(', ')}; they ${MAY_DIFFER}`]),
    ...(hidden.length === 0
      ? []
      : [`could not be listed: ${hidden.join(', ')}; if there are any, they ${MAY_DIFFER}`]),
    ...(callers.length === 0
      ? []
      : [`could not be listed: ${callers.join(', ')}; rules do not know who calls pods through them`]),
  ];
}

const MAY_DIFFER = 'may allow or deny more than the NetworkPolicies that this is about';
