import { cloudOfApiServer } from './clouds';
import type { AksClusterProfile } from './cluster-profile';
import { makeProfile, rangesOf } from './profile-fields';
import { parseJson } from './profile-text';
import { clusterInTerraform, type TerraformObject } from './terraform-resources';

/**
 * A profile from `terraform show -json` of a state or a saved plan, or from a `terraform.tfstate` file.
 *
 * For a managed resource everything is read. The provider's data source has no data plane and no plugin mode, so these
 * stay unknown. Also unknown: whether ACNS enforces FQDN or L7 rules, because the provider has no field for it, and
 * Windows node pools that are not in the JSON.
 *
 * @param json the text, or the parsed object
 * @param options.address of the cluster, such as `azurerm_kubernetes_cluster.shop`; needed if there are several
 * @param options.known what the JSON does not contain; it takes precedence
 * @throws NetworkPolicyError `profile-unreadable`, `cluster-missing`, `cluster-ambiguous`, and what
 *   `AksClusterProfile.of` refuses
 */
export function profileFromTerraform(
  json: unknown,
  options: { readonly address?: string; readonly known?: AksClusterProfile } = {},
): AksClusterProfile {
  const at = 'AksClusterProfile.fromTerraform';
  const { cluster, nodePools } = clusterInTerraform(parseJson(json, at), options.address, at);
  const network = first(cluster.values.network_profile);
  const managed = cluster.mode === 'managed';
  // The data source shows every pool.
  const windows = windowsPools(managed ? nodePools : cluster.values.agent_pool_profile);
  const fields = {
    engine: engineOf(network, managed),
    dataPlane: text(network.network_data_plane),
    networkPlugin: text(network.network_plugin),
    networkPluginMode: managed ? (text(network.network_plugin_mode) ?? 'none') : undefined,
    kubernetesVersion:
      text(cluster.values.current_kubernetes_version) ?? text(cluster.values.kubernetes_version),
    // Pools of a managed cluster may be in another state: if none is found, there may still be some.
    windowsNodePools: managed && windows?.length === 0 ? undefined : windows,
    podCidrs: rangesOf(network.pod_cidrs, network.pod_cidr),
    serviceCidrs: rangesOf(network.service_cidrs, network.service_cidr),
    cloud: ['fqdn', 'private_fqdn', 'portal_fqdn']
      .map((name) => text(cluster.values[name]))
      .map((name) => (name === undefined ? undefined : cloudOfApiServer(name)))
      .find((cloud) => cloud !== undefined),
    acns: managed && first(network.advanced_networking).security_enabled !== true ? 'None' : undefined,
  };
  return makeProfile({ ...fields, ...options.known }, at);
}

/**
 * If only the data plane cilium is set, AKS adds the engine cilium. For a cluster that brings its own CNI it shows no
 * engine.
 *
 * @see terraform-provider-azurerm v4.55.0, kubernetes_cluster_network_resource_test.go, lines 1747 to 1749
 */
function engineOf(network: TerraformObject, managed: boolean): string | undefined {
  const engine = text(network.network_policy);
  if (engine === undefined && managed && network.network_data_plane === 'cilium') {
    return 'cilium';
  }
  return (engine ?? 'none') === 'none' && network.network_plugin === 'none' ? undefined : (engine ?? 'none');
}

function windowsPools(pools: unknown): readonly unknown[] | undefined {
  return Array.isArray(pools)
    ? pools.filter(({ os_type }) => os_type === 'Windows').map(({ name }) => name)
    : undefined;
}

/** Terraform writes an unset text as '' or null. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The block of a list with at most one. */
function first(blocks: unknown): TerraformObject {
  return (Array.isArray(blocks) && typeof blocks[0] === 'object' && blocks[0]) || {};
}
