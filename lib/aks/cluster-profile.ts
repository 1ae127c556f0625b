import type { EngineName } from '../model/engine-profile';
import type { AzureCloud } from './clouds';
import type { DataPlane, NetworkPlugin, NetworkPluginMode } from './engines';
import type { ACNS_POLICIES, MANAGED_POLICIES } from './profile-fields';

/** What Advanced Container Networking Services enforce: nothing, host names, or host names and HTTP. */
export type AcnsPolicies = (typeof ACNS_POLICIES)[number];

/** The default policy that a managed namespace brings for one direction. */
export type ManagedNamespacePolicy = (typeof MANAGED_POLICIES)[number];

/**
 * A namespace that is an Azure resource, and the network policy it brings along.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/managed-namespaces.md, read 2026-11-22
 */
export interface ManagedNamespace {
  readonly name: string;
  readonly ingress?: ManagedNamespacePolicy;
  readonly egress?: ManagedNamespacePolicy;
}

/**
 * What is known about a cluster, as far as network policies depend on it: a plain, frozen value. A field
 * that is not known is left out, and a judgement that needs it says so; an empty list is known to be empty.
 */
export interface AksClusterProfile {
  /** What enforces network policies. ARM shows `none` for an engine that somebody installed. */
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
  /** The addresses on which pods reach the API server; its name in DNS does not belong here. */
  readonly apiServerAddresses?: readonly string[];
  readonly cloud?: AzureCloud;
  readonly acns?: AcnsPolicies;
  readonly managedNamespaces?: readonly ManagedNamespace[];
}

/**
 * Makes, reads and writes cluster profiles. What that takes is loaded when it is asked for: apps import this beside the
 * constructs, and few of them have a profile.
 */
export const AksClusterProfile = Object.freeze({
  /**
   * A profile written by hand; `null` and `undefined` fields are not known.
   *
   * @throws NetworkPolicyError `field-unknown`, `type-mismatch`, `value-unknown`,
   *   `kubernetes-version-invalid`, `cidr-invalid`, `address-invalid`, and the combinations that the
   *   service refuses, such as `cilium-data-plane-missing`
   */
  of(fields: AksClusterProfile): AksClusterProfile {
    const { makeProfile } = require('./profile-fields') as typeof import('./profile-fields');
    return makeProfile(fields, 'AksClusterProfile.of');
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
