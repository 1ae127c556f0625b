import type { AksClusterProfile } from '../../lib/aks/cluster-profile';

const DOMAINS = {
  AzureCloud: 'shop-1.hcp.westeurope.azmk8s.io',
  AzureChinaCloud: 'shop-1.hcp.chinaeast2.cx.prod.service.azk8s.cn',
  AzureUSGovernment: 'shop-1.hcp.usgovvirginia.cx.aks.containerservice.azure.us',
};

/** A cluster as a GET from ARM shows it, with only the fields that the profile knows. */
export function armCluster(profile: AksClusterProfile) {
  const { networkPluginMode: mode, acns, localDns } = profile;
  return {
    name: 'shop',
    properties: {
      currentKubernetesVersion: profile.kubernetesVersion,
      fqdn: profile.cloud === undefined ? undefined : DOMAINS[profile.cloud],
      agentPoolProfiles: ['system', ...(profile.windowsNodePools ?? [])].map((name, i) => ({
        name,
        osType: i === 0 ? 'Linux' : 'Windows',
        localDNSProfile: localDns === undefined ? null : { mode: localDns ? 'Required' : 'Disabled' },
      })),
      networkProfile: {
        networkPolicy: profile.engine,
        networkDataplane: profile.dataPlane,
        networkPlugin: profile.networkPlugin,
        networkPluginMode: mode === 'none' ? null : mode,
        podCidrs: profile.podCidrs,
        serviceCidrs: profile.serviceCidrs,
        advancedNetworking:
          acns === undefined || acns === 'None'
            ? null
            : { enabled: true, security: { enabled: true, advancedNetworkPolicies: acns } },
      },
    },
  };
}

/** A cluster and its Windows node pools as `terraform show -json` lists them. */
export function terraformCluster(profile: AksClusterProfile, name = 'shop') {
  return [
    {
      address: `azurerm_kubernetes_cluster.${name}`,
      mode: 'managed',
      type: 'azurerm_kubernetes_cluster',
      name,
      values: {
        id: name,
        kubernetes_version: profile.kubernetesVersion ?? '',
        fqdn: profile.cloud === undefined ? '' : DOMAINS[profile.cloud],
        network_profile: [
          {
            network_policy: profile.engine,
            network_data_plane: profile.dataPlane,
            network_plugin: profile.networkPlugin,
            network_plugin_mode: profile.networkPluginMode === 'overlay' ? 'overlay' : '',
            pod_cidrs: profile.podCidrs,
            service_cidr: profile.serviceCidrs?.[0],
            service_cidrs: profile.serviceCidrs,
            advanced_networking:
              profile.acns === undefined || profile.acns === 'None' ? [] : [{ security_enabled: true }],
          },
        ],
      },
    },
    ...(profile.windowsNodePools ?? []).map((pool) => ({
      address: `azurerm_kubernetes_cluster_node_pool.${pool}`,
      mode: 'managed',
      type: 'azurerm_kubernetes_cluster_node_pool',
      name: pool,
      values: { name: pool, os_type: 'Windows', kubernetes_cluster_id: name },
    })),
  ];
}

export function terraformState(resources: readonly object[]) {
  return { values: { root_module: { child_modules: [{ resources }] } } };
}
