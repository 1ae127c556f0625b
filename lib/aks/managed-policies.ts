import type { Cluster, NetworkPolicyEntry } from '../model/cluster';
import type { NetworkPolicySpec, PolicyType } from '../model/network-policy';
import { networkPoliciesIn, networkPolicyEntry } from '../model/network-policy-entry';
import type { AksClusterProfile, ManagedNamespace, ManagedNamespacePolicy } from './cluster-profile';
import { aksDocs, type Source } from './fact-source';

/**
 * What stands for the policy that Azure keeps in a managed namespace: the name it really has was not found.
 * No object can have this one.
 */
export const MANAGED_POLICY_NAME = '(default policy of the managed namespace)';

/** What a managed namespace has where nothing was chosen. */
export const MANAGED_DEFAULTS: Readonly<Record<PolicyType, ManagedNamespacePolicy>> = {
  Ingress: 'AllowSameNamespace',
  Egress: 'AllowAll',
};

export const MANAGED_NAMESPACES_SOURCE: Source = aksDocs('managed-namespaces.md');

/** The default that a managed namespace has for a direction. */
export function managedDefault(namespace: ManagedNamespace, direction: PolicyType): ManagedNamespacePolicy {
  return namespace[direction === 'Ingress' ? 'ingress' : 'egress'] ?? MANAGED_DEFAULTS[direction];
}

/**
 * The default policies of the managed namespaces that a cluster has, for those that are not among its policies
 * already. A direction that allows all has no policy here: whether Azure writes one there, which would make
 * every other policy of that direction void, was not found.
 */
export function managedPolicies(
  { namespaces, policies }: Cluster,
  { managedNamespaces = [] }: AksClusterProfile,
): NetworkPolicyEntry[] {
  const known = new Set(namespaces.map(({ name }) => name));
  return managedNamespaces
    .filter(({ name }) => known.has(name))
    .map((managed) => ({ managed, spec: specOf(managed) }))
    .filter(
      ({ managed, spec }) =>
        (spec.policyTypes ?? []).length > 0 &&
        !networkPoliciesIn({ policies }).some(
          ({ namespace, written }) => namespace === managed.name && isSame(written.spec, spec),
        ),
    )
    .map(({ managed: { name: namespace }, spec }) =>
      networkPolicyEntry(
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: MANAGED_POLICY_NAME, namespace },
          spec,
        },
        { source: { file: `managedNamespaces of the cluster profile, ${namespace}` } },
      ),
    );
}

/** Whether a policy is one that {@link managedPolicies} made up. */
export function isManagedPolicy({ name }: { readonly name: string }): boolean {
  return name === MANAGED_POLICY_NAME;
}

function specOf(namespace: ManagedNamespace): NetworkPolicySpec {
  const [ingress, egress] = (['Ingress', 'Egress'] as const).map((type) => managedDefault(namespace, type));
  const own = [{ podSelector: {} }];
  return {
    podSelector: {},
    policyTypes: [
      ...(ingress === 'AllowAll' ? [] : ['Ingress' as const]),
      ...(egress === 'AllowAll' ? [] : ['Egress' as const]),
    ],
    ...(ingress === 'AllowSameNamespace' ? { ingress: [{ from: own }] } : {}),
    ...(egress === 'AllowSameNamespace' ? { egress: [{ to: own }] } : {}),
  };
}

/** Whether a policy says the same in the same words, but for empty lists. */
function isSame(spec: NetworkPolicySpec | undefined, wanted: NetworkPolicySpec): boolean {
  const words = ({ podSelector = {}, policyTypes = [], ingress = [], egress = [] }: NetworkPolicySpec) =>
    JSON.stringify([podSelector, [...(policyTypes ?? [])].sort(), ingress ?? [], egress ?? []]);
  return words(spec ?? {}) === words(wanted);
}
