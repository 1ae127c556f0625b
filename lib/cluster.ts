/**
 * Import path `cdk8s-aks-network-policy/cluster`: cdktf constructs that make and check a cluster.
 *
 * @module
 */

// First, so that a package that is missing is named in a sentence.
import './cluster/peer-packages';

export { AksClusterProfile } from './aks/cluster-profile';
export type { ManagedEngine } from './aks/engines';
export { enforcesPolicies, judgeSupport } from './aks/judgements';
export { AksCluster } from './cluster/aks-cluster';
export type { AksClusterProps, AksNodePool } from './cluster/aks-cluster-props';
export { KubernetesProvider, type KubernetesProviderProps } from './cluster/kubernetes-provider';
export type { ManifestChart } from './cluster/manifest-objects';
export {
  NetworkPolicyEngineCheck,
  type NetworkPolicyEngineCheckProps,
} from './cluster/network-policy-engine-check';
export { PolicyManifests, type PolicyManifestsProps } from './cluster/policy-manifests';
export { AZURERM_VERSIONS } from './cluster/provider-version';
export type { EngineName as Engine } from './model/engine-profile';
