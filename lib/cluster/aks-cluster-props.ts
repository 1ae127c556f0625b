import type {
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
} from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { KubernetesClusterNodePoolConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import type { AcnsPolicies } from '../aks/cluster-profile';
import type { DataPlane, NetworkPlugin, NetworkPluginMode } from '../aks/engines';
import type { EngineName } from '../model/engine-profile';
/** An additional node pool: every property of the provider except name and cluster. */
export type AksNodePool = Omit<KubernetesClusterNodePoolConfig, 'name' | 'kubernetesClusterId'>;

export interface AksClusterProps {
  readonly name: string;
  readonly location: string;
  readonly resourceGroupName: string;
  /**
   * What enforces network policies. With `byo-calico` and `byo-cilium` the cluster has no network plugin: until you install
   * one, nodes are not ready and nothing is enforced.
   *
   * @default cilium, on Azure CNI overlay with the Cilium data plane
   */
  readonly engine?: Exclude<EngineName, 'none'>;
  /** @default azure; none for an engine of your own */
  readonly networkPlugin?: NetworkPlugin;
  /** `overlay`, or `none` for pods with addresses from a subnet. @default overlay with the plugin azure */
  readonly networkPluginMode?: NetworkPluginMode;
  /** @default cilium for the engine cilium, else azure */
  readonly dataPlane?: DataPlane;
  /**
   * Policies for host names through Advanced Container Networking Services, at extra cost. The provider cannot enable `L7`.
   *
   * @default None
   */
  readonly acns?: AcnsPolicies;
  /** At most one IPv4 and one IPv6 range. @default 10.244.0.0/16, which AKS chooses */
  readonly podCidrs?: readonly string[];
  /** At most one IPv4 and one IPv6 range. @default 10.0.0.0/16, which AKS chooses */
  readonly serviceCidrs?: readonly string[];
  /** An address in the first of `serviceCidrs`. @default its first address plus 10 */
  readonly dnsServiceIp?: string;
  /** Such as `1.33`. @default the version that AKS recommends on the day of creation */
  readonly kubernetesVersion?: string;
  /** @default three nodes named system, of size Standard_D4ds_v5 */
  readonly defaultNodePool?: Partial<KubernetesClusterDefaultNodePool>;
  /** More node pools by their names; `osType: 'Windows'` makes Windows nodes. @default none */
  readonly nodePools?: Readonly<Record<string, AksNodePool>>;
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether a plan that would destroy the cluster fails. Before azurerm 4.58 a change of the engine replaces the cluster,
   * with everything that runs there.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
  /**
   * The releases of the azurerm provider, such as `~> 4.60`.
   *
   * @default 4.x from 4.59.0 on
   */
  readonly providerVersion?: string;
  /** Any other property of the provider's resource. Properties that determine the engine are refused. */
  readonly config?: Partial<Omit<KubernetesClusterConfig, 'name' | 'location' | 'resourceGroupName'>>;
}
