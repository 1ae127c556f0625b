/**
 * Kinds beside NetworkPolicy that decide about pods' traffic, as {@link ReadManifests.skipped} counts them. They add
 * denials, orders and host names, and nothing here judges them.
 *
 * @see docs.cilium.io, security/policy; network-policy-api.sigs.k8s.io; docs.tigera.io, resources/globalnetworkpolicy
 */
const OTHER_POLICIES: readonly string[] = [
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'GlobalNetworkPolicy.projectcalico.org',
  'GlobalNetworkPolicy.crd.projectcalico.org',
];

/** What to tell of policies that were passed over and may decide otherwise; `undefined` where there are none. */
export function otherPolicies(skipped: Readonly<Record<string, number>>): string | undefined {
  const found = OTHER_POLICIES.filter((kind) => skipped[kind] !== undefined);
  return found.length === 0
    ? undefined
    : `not judged: ${found.map((kind) => `${skipped[kind]} ${kind}`).join(', ')}; ` +
        'they may allow or deny more than the NetworkPolicies that this is about';
}
