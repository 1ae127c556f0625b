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
import { interpolate } from './hcl';
import { networkProfile, refuseEngineInConfig } from './network-profile';
import { requireAzurerm } from './provider-version';

/** A node pool beside the default one; every property of the provider but its name and cluster. */
export type AksNodePool = Omit<KubernetesClusterNodePoolConfig, 'name' | 'kubernetesClusterId'>;

export interface AksClusterProps {
  readonly name: string;
  readonly location: string;
  readonly resourceGroupName: string;
  /**
   * What enforces network policies. `byo-calico` and `byo-cilium` leave the cluster without a network
   * plugin: nodes are not ready, and nothing is enforced, until you install one.
   *
   * @default cilium, on Azure CNI overlay with the Cilium data plane
   */
  readonly engine?: Exclude<EngineName, 'none'>;
  /** @default azure; none for an engine of your own */
  readonly networkPlugin?: NetworkPlugin;
  /** `overlay` or `none`: pods then get addresses from a subnet. @default overlay on the plugin azure */
  readonly networkPluginMode?: NetworkPluginMode;
  /** @default cilium for the engine cilium, else azure */
  readonly dataPlane?: DataPlane;
  /**
   * Policies by host name through Advanced Container Networking Services, which cost extra. The provider
   * cannot turn on `L7`.
   *
   * @default None
   */
  readonly acns?: AcnsPolicies;
  /** At most one IPv4 and one IPv6 range. @default 10.244.0.0/16, which AKS chooses */
  readonly podCidrs?: readonly string[];
  /** At most one IPv4 and one IPv6 range. @default 10.0.0.0/16, which AKS chooses */
  readonly serviceCidrs?: readonly string[];
  /** An address inside the first of `serviceCidrs`. @default 10 after its first address */
  readonly dnsServiceIp?: string;
  /** Such as `1.33`. @default the version that AKS recommends on the day of creation */
  readonly kubernetesVersion?: string;
  /** @default three nodes named system, of size Standard_D4ds_v5 */
  readonly defaultNodePool?: Partial<KubernetesClusterDefaultNodePool>;
  /** More node pools by their names; `osType: 'Windows'` makes Windows nodes. @default none */
  readonly nodePools?: Readonly<Record<string, AksNodePool>>;
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether a plan that would destroy the cluster fails. Before azurerm 4.58 a change of the engine
   * replaces the cluster, and with it everything that runs there.
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
  /** Every other property of the provider's resource. What decides about the engine is refused here. */
  readonly config?: Partial<Omit<KubernetesClusterConfig, 'name' | 'location' | 'resourceGroupName'>>;
}

/**
 * A cluster on which network policies work: Azure CNI overlay, the Cilium data plane, the engine Cilium.
 *
 * Every engine gets the only plugin, mode and data plane that the service accepts for it. Attributes that
 * the bindings do not know are set with `resource.addOverride`; an override that reaches the engine is
 * refused at synth, or by the plan where only it knows the value.
 */
export class AksCluster extends Construct {
  /** The provider's resource, for its attributes and for `addOverride`. */
  public readonly resource: KubernetesCluster;
  /** The node pools of `nodePools`, by their names. */
  public readonly nodePools: Readonly<Record<string, KubernetesClusterNodePool>>;
  /** What is known about the cluster before it is there. */
  public readonly profile: AksClusterProfile;

  /**
   * @throws NetworkPolicyError `engine-not-offered`, `engine-undone`, `not-in-provider`,
   *   `provider-version-conflict`, and the combinations that the service refuses, such as
   *   `windows-not-for-engine`
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
    this.profile = AksClusterProfile.of({ ...chosen, ...writtenDown(props) });

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
          .map(({ condition, errorMessage }) => ({ condition: interpolate(condition), errorMessage }))
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

  /** The settings as they will be written, overrides included; null where one is not set. */
  private synthesizedSettings(): Record<string, unknown> {
    const { resource } = this.resource.toTerraform() as {
      resource: Record<string, Record<string, { network_profile?: unknown }>>;
    };
    const written = resource.azurerm_kubernetes_cluster?.[this.resource.friendlyUniqueId]?.network_profile;
    const block = (Array.isArray(written) ? written[0] : written) as Record<string, unknown> | undefined;
    return Object.fromEntries(ENGINE_ATTRIBUTES.map((name) => [name, block?.[name] ?? null]));
  }

  /** Whether an override changed the engine to something known before the plan. */
  private engineIsUndone(settings: EngineSettings): boolean {
    const written = this.synthesizedSettings();
    return ENGINE_ATTRIBUTES.some((name) => {
      const value = written[name];
      const onlyPlanKnows = Token.isUnresolved(value) || (typeof value === 'string' && value.includes('${'));
      return !onlyPlanKnows && (value || null) !== settings[name];
    });
  }
}

/** The fields of the profile that stand in the properties, unless only a plan knows them. */
function writtenDown({ kubernetesVersion, podCidrs, serviceCidrs }: AksClusterProps): AksClusterProfile {
  return Object.fromEntries(
    Object.entries({ kubernetesVersion, podCidrs, serviceCidrs }).filter(
      ([, value]) => value !== undefined && !Token.isUnresolved(value),
    ),
  );
}
