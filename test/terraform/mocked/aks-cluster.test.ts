import { TerraformVariable } from 'cdktf';
import { AksCluster, type AksClusterProps } from '../../../lib/cluster';
import { testFiles } from '../tools/messages';
import { type StackJson, stackJson } from '../tools/stacks';
import { workspace } from '../tools/terraform';

const SHOP = { name: 'shop', location: 'westeurope', resourceGroupName: 'shop-rg' };

/** From 5.0 on the provider wants a block that the bindings, made for 4.55, do not know. */
function clusterStack(
  props: Partial<AksClusterProps> = {},
  also: (cluster: AksCluster) => void = () => {},
): StackJson {
  return stackJson((stack) => {
    const cluster = new AksCluster(stack, 'aks', { ...SHOP, ...props });
    cluster.resource.addOverride('node_provisioning_profile', [{ mode: 'Manual' }]);
    also(cluster);
  });
}

const plan = (variables: Readonly<Record<string, string>> = {}) => `mock_provider "azurerm" {
  mock_resource "azurerm_kubernetes_cluster" {
    defaults = {
      id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop-rg/providers/Microsoft.ContainerService/managedClusters/shop"
    }
  }
}

run "plan" {
  command = plan
  variables {
${Object.entries(variables)
  .map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`)
  .join('\n')}
  }
}
`;

function tested(stack: StackJson, files: Record<string, string>) {
  const place = workspace(stack, files);
  try {
    expect(JSON.parse(place.terraform('validate', '-json').stdout)).toMatchObject({ valid: true });
    return testFiles(place.terraform('test', '-json').stdout);
  } finally {
    place.remove();
  }
}

test.each<{ why: string; props: Partial<AksClusterProps> }>([
  {
    why: 'cilium with ACNS and address ranges',
    props: { acns: 'FQDN', podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.1.0.0/16'] },
  },
  { why: 'cilium on a subnet for pods', props: { networkPluginMode: 'none' } },
  {
    why: 'calico with Windows nodes',
    props: { engine: 'calico', nodePools: { win1: { vmSize: 'Standard_D4ds_v5', osType: 'Windows' } } },
  },
  { why: 'calico on kubenet', props: { engine: 'calico', networkPlugin: 'kubenet' } },
  { why: 'azure', props: { engine: 'azure', preventDestroy: false } },
  { why: 'an own Cilium', props: { engine: 'byo-cilium' } },
])('a cluster with $why is valid, and its plan passes', ({ props }) => {
  expect(tested(clusterStack(props), { 'plan.tftest.hcl': plan() })['plan.tftest.hcl']).toEqual({
    status: 'pass',
    diagnostics: [],
  });
});

test('an override that only the plan knows fails it, in the service’s words', () => {
  const stack = clusterStack({}, ({ node, resource }) => {
    for (const [attribute, value] of Object.entries({
      network_policy: 'cilium',
      network_data_plane: 'cilium',
      network_plugin: 'azure',
    })) {
      const variable = new TerraformVariable(node.scope as never, attribute, {
        type: 'string',
        default: value,
      });
      resource.addOverride(`network_profile.${attribute}`, variable.stringValue);
    }
  });
  const found = tested(stack, {
    'as-chosen.tftest.hcl': plan(),
    'policy.tftest.hcl': plan({ network_policy: 'calico' }),
    'data-plane.tftest.hcl': plan({ network_data_plane: 'azure' }),
    'plugin.tftest.hcl': plan({ network_plugin: 'kubenet' }),
  });
  expect(found['as-chosen.tftest.hcl']?.status).toBe('pass');
  const undone =
    'The cluster shop should run the network policy engine cilium, but its network_profile differs: an override changes network_policy, network_data_plane, network_plugin, network_plugin_mode. Change the property engine instead.';
  const details = (file: string) => found[file]?.diagnostics.map(({ detail }) => detail).sort();
  expect(details('policy.tftest.hcl')).toEqual([
    undone,
    'The cluster shop: the data plane cilium needs the policy engine cilium (AKS refuses it as CiliumDataplaneRequiresNetworkPolicyCilium); write the engine cilium, or the data plane azure.',
  ]);
  expect(details('data-plane.tftest.hcl')).toEqual([
    undone,
    'The cluster shop: the policy engine cilium needs the data plane cilium (AKS refuses it as NetworkPolicyCiliumRequiresCiliumDataplane); write the data plane cilium.',
  ]);
  expect(details('plugin.tftest.hcl')).toEqual([
    undone,
    'The cluster shop: the data plane cilium needs the network plugin azure; write the network plugin azure, with the mode overlay or a subnet for pods.',
    'The cluster shop: the plugin mode overlay needs the network plugin azure; write the network plugin azure, or leave the mode out.',
    'The cluster shop: the policy engine does not run on this network plugin; write the network plugin azure, or an engine of your own (byo-calico, byo-cilium) with the plugin none.',
  ]);
});
