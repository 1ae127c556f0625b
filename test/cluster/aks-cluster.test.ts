import { TerraformVariable } from 'cdktf';
import { AksCluster, AksClusterProfile, type AksClusterProps } from '../../lib/cluster';
import { emptyStack, only, refusal, synthesized } from './stacks';

const SHOP = { name: 'shop', location: 'westeurope', resourceGroupName: 'shop-rg' };
const WINDOWS = { win1: { vmSize: 'Standard_D4ds_v5', osType: 'Windows' } };

const made = (props: Partial<AksClusterProps> = {}) =>
  synthesized((stack) => new AksCluster(stack, 'aks', { ...SHOP, ...props }));
const resource = (props: Partial<AksClusterProps> = {}) =>
  only(made(props).resource.azurerm_kubernetes_cluster);

describe('the cluster', () => {
  test('enforces policies with Cilium on Azure CNI overlay, and cannot be destroyed by a plan', () => {
    expect(resource()).toMatchObject({
      name: 'shop',
      dns_prefix: 'shop',
      identity: { type: 'SystemAssigned' },
      default_node_pool: { name: 'system', node_count: 3 },
      network_profile: {
        network_plugin: 'azure',
        network_plugin_mode: 'overlay',
        network_data_plane: 'cilium',
        network_policy: 'cilium',
      },
      lifecycle: { prevent_destroy: true },
    });
    expect(resource({ preventDestroy: false }).lifecycle.prevent_destroy).toBe(false);
  });

  test.each([
    {
      why: 'azure',
      props: { engine: 'azure' },
      profile: {
        network_plugin: 'azure',
        network_plugin_mode: 'overlay',
        network_data_plane: 'azure',
        network_policy: 'azure',
      },
    },
    {
      why: 'calico',
      props: { engine: 'calico' },
      profile: {
        network_plugin: 'azure',
        network_plugin_mode: 'overlay',
        network_data_plane: 'azure',
        network_policy: 'calico',
      },
    },
    {
      why: 'calico with Windows nodes',
      props: { engine: 'calico', nodePools: WINDOWS },
      profile: {
        network_plugin: 'azure',
        network_plugin_mode: 'overlay',
        network_data_plane: 'azure',
        network_policy: 'calico',
      },
    },
    {
      why: 'calico on kubenet',
      props: { engine: 'calico', networkPlugin: 'kubenet' },
      profile: { network_plugin: 'kubenet', network_data_plane: 'azure', network_policy: 'calico' },
    },
    {
      why: 'cilium on a subnet for pods',
      props: { networkPluginMode: 'none' },
      profile: { network_plugin: 'azure', network_data_plane: 'cilium', network_policy: 'cilium' },
    },
    { why: 'an own Cilium', props: { engine: 'byo-cilium' }, profile: { network_plugin: 'none' } },
  ] as const)('gets what the service accepts for $why', ({ props, profile }) => {
    expect(resource(props).network_profile).toEqual(profile);
  });

  test('turns on ACNS, and writes address ranges with an address for the DNS service', () => {
    const { network_profile } = resource({
      acns: 'FQDN',
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.1.0.0/16'],
    });
    expect(network_profile).toMatchObject({
      advanced_networking: { observability_enabled: true, security_enabled: true },
      pod_cidrs: ['10.244.0.0/16'],
      service_cidrs: ['10.1.0.0/16'],
      dns_service_ip: '10.1.0.10',
    });
  });

  test('has node pools, tags and every other property of the provider', () => {
    const stack = made({
      tags: { team: 'shop' },
      nodePools: { user: { vmSize: 'Standard_D8ds_v5', nodeCount: 2 } },
      config: {
        localAccountDisabled: true,
        networkProfile: { networkPlugin: 'azure', outboundType: 'userDefinedRouting' },
        lifecycle: { ignoreChanges: ['tags'] },
      },
    });
    expect(only(stack.resource.azurerm_kubernetes_cluster_node_pool)).toMatchObject({
      name: 'user',
      node_count: 2,
      tags: { team: 'shop' },
    });
    expect(only(stack.resource.azurerm_kubernetes_cluster)).toMatchObject({
      local_account_disabled: true,
      tags: { team: 'shop' },
      network_profile: { outbound_type: 'userDefinedRouting', network_policy: 'cilium' },
      lifecycle: { ignore_changes: ['tags'], prevent_destroy: true },
    });
  });

  test('has a profile before it is there', () => {
    const { profile } = new AksCluster(emptyStack(), 'aks', {
      ...SHOP,
      kubernetesVersion: '1.33',
      podCidrs: ['10.244.0.0/16'],
    });
    expect(profile).toEqual({
      engine: 'cilium',
      dataPlane: 'cilium',
      networkPlugin: 'azure',
      networkPluginMode: 'overlay',
      kubernetesVersion: '1.33',
      windowsNodePools: [],
      podCidrs: ['10.244.0.0/16'],
      acns: 'None',
    });
    expect(AksClusterProfile.fromYaml(AksClusterProfile.toYaml(profile))).toEqual(profile);
  });
});

describe('refused at synth', () => {
  const rows: { why: string; props: object; code: string; says: string }[] = [
    {
      why: 'Windows node pools with cilium',
      props: { nodePools: WINDOWS },
      code: 'windows-not-for-engine',
      says: 'write the engine calico',
    },
    {
      why: 'Windows node pools with azure',
      props: { engine: 'azure', nodePools: WINDOWS },
      code: 'engine-not-offered',
      says: 'the support of Azure Network Policy Manager on Windows node pools ended on 2026-09-30',
    },
    {
      why: 'Windows node pools on kubenet',
      props: { engine: 'calico', networkPlugin: 'kubenet', nodePools: WINDOWS },
      code: 'windows-on-kubenet',
      says: 'write the network plugin azure',
    },
    {
      why: 'kubenet with azure',
      props: { engine: 'azure', networkPlugin: 'kubenet' },
      code: 'azure-policy-on-kubenet',
      says: 'NetworkPolicyAzureNotSupportedForKubenet',
    },
    {
      why: 'kubenet with cilium',
      props: { networkPlugin: 'kubenet' },
      code: 'plugin-not-for-engine',
      says: 'write the network plugin azure',
    },
    {
      why: 'cilium on the data plane azure',
      props: { dataPlane: 'azure' },
      code: 'cilium-data-plane-missing',
      says: 'NetworkPolicyCiliumRequiresCiliumDataplane',
    },
    {
      why: 'calico on the data plane cilium',
      props: { engine: 'calico', dataPlane: 'cilium' },
      code: 'cilium-policy-missing',
      says: 'CiliumDataplaneRequiresNetworkPolicyCilium',
    },
    {
      why: 'overlay on kubenet',
      props: { engine: 'calico', networkPlugin: 'kubenet', networkPluginMode: 'overlay' },
      code: 'overlay-without-azure-cni',
      says: 'leave the mode out',
    },
    {
      why: 'FQDN policies with calico',
      props: { engine: 'calico', acns: 'FQDN' },
      code: 'acns-without-cilium',
      says: 'write acns None',
    },
    {
      why: 'L7 policies',
      props: { acns: 'L7' },
      code: 'not-in-provider',
      says: 'az aks update --acns-advanced-networkpolicies L7',
    },
    {
      why: 'no engine',
      props: { engine: 'none' },
      code: 'engine-not-offered',
      says: 'AksCluster only makes clusters that enforce network policies',
    },
    {
      why: 'another policy through the escape hatch',
      props: { config: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'calico' } } },
      code: 'engine-undone',
      says: 'network_policy "calico"',
    },
    {
      why: 'another plugin through the escape hatch',
      props: { config: { networkProfile: { networkPlugin: 'kubenet' } } },
      code: 'engine-undone',
      says: 'network_plugin "kubenet"',
    },
  ];

  test.each(rows)('$why', ({ props, code, says }) => {
    const error = refusal(() => made(props));
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });

  test.each([
    { path: 'network_profile.network_policy', value: 'azure' },
    { path: 'network_profile.network_policy', value: undefined },
    { path: 'network_profile.network_data_plane', value: 'azure' },
  ])('an override of $path to $value', ({ path, value }) => {
    expect(() =>
      synthesized((stack) => new AksCluster(stack, 'aks', SHOP).resource.addOverride(path, value)),
    ).toThrow(
      /The cluster shop should run the network policy engine cilium, but its network_profile differs/,
    );
  });

  test('no override that leaves the engine alone', () => {
    const stack = synthesized((scope) =>
      new AksCluster(scope, 'aks', SHOP).resource.addOverride('node_provisioning_profile', [
        { mode: 'Manual' },
      ]),
    );
    expect(only(stack.resource.azurerm_kubernetes_cluster).node_provisioning_profile).toEqual([
      { mode: 'Manual' },
    ]);
  });
});

describe('what only a plan knows', () => {
  test('is left to preconditions, which see overrides too', () => {
    const stack = synthesized((scope) => {
      const policy = new TerraformVariable(scope, 'policy', { type: 'string' });
      new AksCluster(scope, 'aks', SHOP).resource.addOverride(
        'network_profile.network_policy',
        policy.stringValue,
      );
    });
    expect(only(stack.locals)).toMatchObject({
      network_policy: `\${var.policy}`,
      network_data_plane: 'cilium',
    });
    const { precondition } = only(stack.resource.azurerm_kubernetes_cluster).lifecycle;
    expect(precondition.map(({ error_message }: { error_message: string }) => error_message)).toEqual([
      expect.stringContaining('NetworkPolicyCiliumRequiresCiliumDataplane'),
      expect.stringContaining('CiliumDataplaneRequiresNetworkPolicyCilium'),
      expect.stringContaining('NetworkPolicyAzureNotSupportedForKubenet'),
      expect.stringContaining('the policy engine does not run on this network plugin'),
      expect.stringContaining('the data plane cilium needs the network plugin azure'),
      expect.stringContaining('the plugin mode overlay needs the network plugin azure'),
      expect.stringContaining('should run the network policy engine cilium'),
    ]);
  });
});
