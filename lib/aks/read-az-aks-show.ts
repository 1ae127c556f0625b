import { isPlainObject, NetworkPolicyError, show } from '../model/problem';
import { cloudOfApiServer } from './clouds';
import type { AksClusterProfile } from './cluster-profile';
import { makeProfile, rangesOf } from './profile-fields';
import { parseJson } from './profile-text';

type Json = Readonly<Record<string, unknown>>;

/**
 * A profile from the output of `az aks show --output json`, or from ARM's answer to a GET of the cluster.
 *
 * What ARM does not show stays unknown: the subnets of nodes, the addresses of the API server, managed namespaces, and
 * the engine of a cluster that brings its own CNI. Give these in `known`, which takes precedence.
 *
 * @param json the text, or the parsed object
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromAzAksShow(json: unknown, known: AksClusterProfile = {}): AksClusterProfile {
  const at = 'AksClusterProfile.fromAzAksShow';
  const cluster = asObject(parseJson(json, at));
  // ARM nests the settings under properties; az does not.
  const settings = cluster === undefined ? undefined : (asObject(cluster.properties) ?? cluster);
  const network = asObject(settings?.networkProfile);
  if (settings === undefined || network === undefined) {
    throw new NetworkPolicyError({
      code: 'profile-unreadable',
      at,
      got: show(json),
      problem: 'has no networkProfile, so it is not an AKS cluster',
      fix: 'give the output of: az aks show --resource-group GROUP --name NAME --output json',
    });
  }
  const pools = Array.isArray(settings.agentPoolProfiles)
    ? settings.agentPoolProfiles.map((pool) => asObject(pool) ?? {})
    : undefined;
  const fields = {
    engine: engineOf(network),
    dataPlane: network.networkDataplane,
    networkPlugin: network.networkPlugin,
    // null means that no mode is set; without the field the mode is not known.
    networkPluginMode: 'networkPluginMode' in network ? (network.networkPluginMode ?? 'none') : undefined,
    kubernetesVersion: settings.currentKubernetesVersion ?? settings.kubernetesVersion,
    windowsNodePools: pools?.filter(({ osType }) => osType === 'Windows').map(({ name }) => name),
    localDns: pools === undefined ? undefined : localDnsOf(pools),
    // If pods get their addresses from a subnet, ARM shows no range.
    podCidrs: rangesOf(network.podCidrs, network.podCidr),
    serviceCidrs: rangesOf(network.serviceCidrs, network.serviceCidr),
    cloud: [settings.fqdn, settings.privateFqdn, settings.azurePortalFqdn, settings.azurePortalFQDN]
      .filter((name) => typeof name === 'string')
      .map(cloudOfApiServer)
      .find((cloud) => cloud !== undefined),
    acns: acnsOf(network),
  };
  return makeProfile({ ...fields, ...known }, at);
}

/** ARM shows no engine if the cluster brings its own CNI, whatever enforces policies there. */
function engineOf({ networkPolicy, networkPlugin }: Json): unknown {
  const engine = networkPolicy || 'none';
  return engine === 'none' && networkPlugin === 'none' ? undefined : engine;
}

function localDnsOf(pools: readonly Json[]): boolean | undefined {
  const states = pools.map((pool) => {
    // az writes localDnsProfile, ARM localDNSProfile.
    const profile = asObject(pool.localDnsProfile ?? pool.localDNSProfile);
    const { state, mode } = profile ?? {};
    if (state === 'Enabled' || mode === 'Required') {
      return true;
    }
    return state === 'Disabled' || mode === 'Disabled' ? false : undefined;
  });
  return states.includes(true) ? true : states.includes(undefined) ? undefined : false;
}

/** @see azure-mgmt-containerservice 41.8.0, advancedNetworkPolicies: its default is FQDN, read 2026-11-22 */
function acnsOf(network: Json): unknown {
  if (!('advancedNetworking' in network)) {
    return undefined;
  }
  const advanced = asObject(network.advancedNetworking);
  const security = asObject(advanced?.security);
  return advanced?.enabled === true && security?.enabled === true
    ? (security.advancedNetworkPolicies ?? 'FQDN')
    : 'None';
}

function asObject(value: unknown): Json | undefined {
  return isPlainObject(value) ? value : undefined;
}
