import type { KubernetesClusterNetworkProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { formatAddress, readCidr } from '../model/cidr';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import { placeOf } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import type { AksClusterProps } from './aks-cluster-props';
import type { EngineSettings } from './combination-assertions';

/** The provider's `network_profile`: the settings of the engine, the addresses, and the rest of `config`. */
export function networkProfile(
  { config, acns, podCidrs, serviceCidrs, dnsServiceIp }: AksClusterProps,
  settings: EngineSettings,
): KubernetesClusterNetworkProfile {
  const dns = dnsServiceIp ?? dnsAddress(serviceCidrs);
  return defined({
    ...config?.networkProfile,
    ...defined({ podCidrs: podCidrs && [...podCidrs], serviceCidrs: serviceCidrs && [...serviceCidrs] }),
    dnsServiceIp: dns ?? config?.networkProfile?.dnsServiceIp,
    networkPlugin: settings.network_plugin ?? 'none',
    networkPluginMode: settings.network_plugin_mode ?? undefined,
    networkDataPlane: settings.network_data_plane ?? undefined,
    networkPolicy: settings.network_policy ?? undefined,
    advancedNetworking:
      acns === undefined || acns === 'None'
        ? config?.networkProfile?.advancedNetworking
        : {
            observabilityEnabled: true,
            ...config?.networkProfile?.advancedNetworking,
            securityEnabled: true,
          },
  });
}

/**
 * Refuses a `config` with another engine than the properties.
 *
 * @throws NetworkPolicyError `engine-undone`
 */
export function refuseEngineInConfig(
  config: Partial<KubernetesClusterNetworkProfile> | undefined,
  settings: EngineSettings,
  engine: EngineName,
  at: string,
): void {
  const given: Readonly<Record<keyof EngineSettings, string | undefined>> = {
    network_policy: config?.networkPolicy,
    network_data_plane: config?.networkDataPlane,
    network_plugin: config?.networkPlugin,
    network_plugin_mode: config?.networkPluginMode,
  };
  for (const [attribute, value] of Object.entries(given)) {
    if (value !== undefined && value !== settings[attribute as keyof EngineSettings]) {
      throw new NetworkPolicyError({
        code: 'engine-undone',
        at: placeOf(at, 'config', 'networkProfile'),
        got: `${attribute} ${show(value)}`,
        problem: `the engine ${engine} needs another value`,
        fix: 'leave it out, and choose with the properties engine, networkPlugin, networkPluginMode and dataPlane',
      });
    }
  }
}

/** The provider requires an address for the DNS service if there is a service range; AKS itself uses the tenth. */
function dnsAddress(serviceCidrs: readonly string[] | undefined): string | undefined {
  const range = serviceCidrs?.[0] === undefined ? undefined : readCidr(serviceCidrs[0]);
  return range === undefined ? undefined : formatAddress(range.family, range.first + 10n);
}
