import type { Cluster, NetworkPolicyEntry } from '../model/cluster';
import type { NetworkPolicySpec, PolicyType } from '../model/network-policy';
import { networkPoliciesIn, networkPolicyEntry } from '../model/network-policy-entry';
import type { AksClusterProfile, ManagedNamespace, ManagedNamespacePolicy } from './cluster-profile';
import { aksDocs, type FactSource } from './fact-source';

/** Stands for the name of the policy in a managed namespace, which is not documented. No object can have this name. */
export const MANAGED_POLICY_NAME = '(default policy of the managed namespace)';

export const MANAGED_NAMESPACES_SOURCE: FactSource = aksDocs('managed-namespaces.md');

/** The default policy of a managed namespace for a direction. */
export function managedDefault(
  { ingress = 'AllowSameNamespace', egress = 'AllowAll' }: ManagedNamespace,
  direction: PolicyType,
): ManagedNamespacePolicy {
  return direction === 'Ingress' ? ingress : egress;
}

/**
 * The default policies of a cluster's managed namespaces, without those that are already among its policies. For a
 * direction that allows all there is none: it is not documented whether Azure writes one, which would make all other
 * policies of that direction ineffective.
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

/** Whether two specs are equal, except for missing and empty lists. */
function isSame(spec: NetworkPolicySpec | undefined, wanted: NetworkPolicySpec): boolean {
  const text = ({ podSelector = {}, policyTypes = [], ingress = [], egress = [] }: NetworkPolicySpec) =>
    JSON.stringify([podSelector, [...(policyTypes ?? [])].sort(), ingress ?? [], egress ?? []]);
  return text(spec ?? {}) === text(wanted);
}
