import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Lazy, TerraformLocal, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import type { AksClusterProps } from './aks-cluster-props';
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
