import {
  KubernetesCluster,
  type KubernetesClusterConfig,
  type KubernetesClusterDefaultNodePool,
} from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import {
  KubernetesClusterNodePool,
  type KubernetesClusterNodePoolConfig,
} from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Lazy, TerraformLocal, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { type AcnsPolicies, AksClusterProfile } from '../aks/cluster-profile';
import type { DataPlane, NetworkPlugin, NetworkPluginMode } from '../aks/engines';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import {
  combinationAssertions,
  ENGINE_ATTRIBUTES,
  type EngineSettings,
  engineKeptAssertion,
  engineUndone,
} from './combination-assertions';
import { profileFor, settingsFor } from './engine-settings';
import { interpolated } from './hcl';
import { networkProfile, refuseEngineInConfig } from './network-profile';
import { requireAzurerm } from './provider-version';

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

/**
 * A cluster on which network policies work: Azure CNI overlay, the Cilium data plane, the engine Cilium.
 *
 * Each engine gets the plugin, mode and data plane that AKS accepts for it. Attributes that the bindings do not know are
 * set with `resource.addOverride`. An override that changes the engine is refused at synth, or by the plan if only that
 * knows the value.
 */
export class AksCluster extends Construct {
  /** The provider's resource, for its attributes and for `addOverride`. */
  public readonly resource: KubernetesCluster;
  /** The additional node pools, by name. */
  public readonly nodePools: Readonly<Record<string, KubernetesClusterNodePool>>;
  /** What is known about the cluster before it exists. */
  public readonly profile: AksClusterProfile;

  /**
   * @throws NetworkPolicyError `engine-not-offered`, `engine-undone`, `not-in-provider`,
   *   `provider-version-conflict`, and codes for combinations that AKS refuses, such as `windows-not-for-engine`
   */
  public constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    const { name, engine = 'cilium', nodePools = {}, config = {} } = props;
    const at = this.node.path;
    const chosen = profileFor(
      {
        ...props,
        engine,
        acns: props.acns ?? 'None',
        windowsNodePools: Object.keys(nodePools).filter((pool) => nodePools[pool]?.osType === 'Windows'),
      },
      at,
    );
    const settings = settingsFor(chosen);
    refuseEngineInConfig(config.networkProfile, settings, engine, at);
    requireAzurerm(TerraformStack.of(this), props.providerVersion);
    this.profile = AksClusterProfile.of({ ...chosen, ...knownBeforePlan(props) });

    const asked = new TerraformLocal(
      this,
      'network_profile',
      Lazy.anyValue({ produce: () => this.synthesizedSettings() }),
    );
    const address = `local.${asked.friendlyUniqueId}`;
    this.resource = new KubernetesCluster(this, 'cluster', {
      dnsPrefix: name,
      identity: { type: 'SystemAssigned' },
      ...defined({ kubernetesVersion: props.kubernetesVersion, tags: props.tags }),
      ...config,
      name,
      location: props.location,
      resourceGroupName: props.resourceGroupName,
      defaultNodePool: {
        name: 'system',
        vmSize: 'Standard_D4ds_v5',
        nodeCount: 3,
        ...config.defaultNodePool,
        ...props.defaultNodePool,
      },
      networkProfile: networkProfile(props, settings),
      lifecycle: {
        ...config.lifecycle,
        preventDestroy: props.preventDestroy ?? true,
        precondition: [
          ...combinationAssertions(address, name),
          engineKeptAssertion(address, name, engine, settings),
        ]
          .map(interpolated)
          .concat(config.lifecycle?.precondition ?? []),
      },
    });
    this.nodePools = Object.fromEntries(
      Object.entries(nodePools).map(([pool, poolConfig]) => [
        pool,
        new KubernetesClusterNodePool(this, `pool-${pool}`, {
          ...defined({ tags: props.tags }),
          ...poolConfig,
          name: pool,
          kubernetesClusterId: this.resource.id,
        }),
      ]),
    );
    this.node.addValidation({
      validate: () => (this.engineIsUndone(settings) ? [engineUndone(name, engine)] : []),
    });
  }

  /** The settings that will be written, including overrides; null if not set. */
  private synthesizedSettings(): Record<string, unknown> {
    const { resource } = this.resource.toTerraform() as {
      resource: Record<string, Record<string, { network_profile?: unknown }>>;
    };
    const written = resource.azurerm_kubernetes_cluster?.[this.resource.friendlyUniqueId]?.network_profile;
    const block = (Array.isArray(written) ? written[0] : written) as Record<string, unknown> | undefined;
    return Object.fromEntries(ENGINE_ATTRIBUTES.map((name) => [name, block?.[name] ?? null]));
  }

  /** Whether an override changes the engine to a value that is known before the plan. */
  private engineIsUndone(settings: EngineSettings): boolean {
    const written = this.synthesizedSettings();
    return ENGINE_ATTRIBUTES.some((name) => {
      const value = written[name];
      const onlyPlanKnows = Token.isUnresolved(value) || (typeof value === 'string' && value.includes('${'));
      return !onlyPlanKnows && (value || null) !== settings[name];
    });
  }
}

/** The fields of the profile in the properties, except for values that only a plan knows. */
function knownBeforePlan({ kubernetesVersion, podCidrs, serviceCidrs }: AksClusterProps): AksClusterProfile {
  return Object.fromEntries(
    Object.entries({ kubernetesVersion, podCidrs, serviceCidrs }).filter(
      ([, value]) => value !== undefined && !Token.isUnresolved(value),
    ),
  );
}
