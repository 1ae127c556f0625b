import type { EngineName } from '../model/engine-profile';
import type { AzureCloud } from './clouds';
import type { DataPlane, NetworkPlugin, NetworkPluginMode } from './engines';

export const ACNS_POLICIES = ['None', 'FQDN', 'L7'] as const;

export const MANAGED_POLICIES = ['AllowAll', 'AllowSameNamespace', 'DenyAll'] as const;

/** The policies of Advanced Container Networking Services: none, host names, or host names and HTTP. */
export type AcnsPolicies = (typeof ACNS_POLICIES)[number];

/** The default policy of a managed namespace for one direction. */
export type ManagedNamespacePolicy = (typeof MANAGED_POLICIES)[number];

/**
 * A namespace that is an Azure resource, with its default network policy.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/managed-namespaces.md, read 2026-11-22
 */
export interface ManagedNamespace {
  readonly name: string;
  readonly ingress?: ManagedNamespacePolicy;
  readonly egress?: ManagedNamespacePolicy;
}

/**
 * What is known about a cluster and matters for network policies: a plain, frozen value. Unknown fields are left out; a
 * verdict that needs one says so. An empty list means that there are none.
 */
export interface AksClusterProfile {
  /** What enforces network policies. For an engine that somebody installed, ARM shows `none`. */
  readonly engine?: EngineName;
  readonly dataPlane?: DataPlane;
  readonly networkPlugin?: NetworkPlugin;
  readonly networkPluginMode?: NetworkPluginMode;
  /** Major and minor, with or without the patch: `1.33` or `1.33.2`. */
  readonly kubernetesVersion?: string;
  /** The names of the Windows node pools. */
  readonly windowsNodePools?: readonly string[];
  /** Whether pods resolve names through LocalDNS (169.254.10.10) on any node pool. */
  readonly localDns?: boolean;
  /** The ranges of pod addresses, IPv4 or IPv6. */
  readonly podCidrs?: readonly string[];
  readonly serviceCidrs?: readonly string[];
  /** The ranges of node addresses: the subnets of the node pools. */
  readonly nodeCidrs?: readonly string[];
  /** The IP addresses on which pods reach the API server; no DNS names. */
  readonly apiServerAddresses?: readonly string[];
  readonly cloud?: AzureCloud;
  readonly acns?: AcnsPolicies;
  readonly managedNamespaces?: readonly ManagedNamespace[];
}

/** Makes, reads and writes cluster profiles. The code is loaded on first use, because few apps have a profile. */
export const AksClusterProfile = Object.freeze({
  /**
   * A profile from its fields; those that are `null` or `undefined` are not known.
   *
   * @throws NetworkPolicyError `field-unknown`, `type-mismatch`, `value-unknown`,
   *   `kubernetes-version-invalid`, `cidr-invalid`, `address-invalid`, and codes for combinations that AKS
   *   refuses, such as `cilium-data-plane-missing`
   */
  of(fields: AksClusterProfile): AksClusterProfile {
    const { makeProfile } = require('./profile-fields') as typeof import('./profile-fields');
    return makeProfile(fields, 'profile');
  },
  get fromAzAksShow() {
    return (require('./read-az-aks-show') as typeof import('./read-az-aks-show')).profileFromAzAksShow;
  },
  get fromTerraform() {
    return (require('./read-terraform') as typeof import('./read-terraform')).profileFromTerraform;
  },
  get fromYaml() {
    return texts().profileFromYaml;
  },
  get fromJson() {
    return texts().profileFromJson;
  },
  get toYaml() {
    return texts().profileToYaml;
  },
  get toJson() {
    return texts().profileToJson;
  },
});

function texts() {
  return require('./profile-text') as typeof import('./profile-text');
}
