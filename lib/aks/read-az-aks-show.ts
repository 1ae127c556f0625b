import { NetworkPolicyError, show } from '../model/problem';
import { cloudOfApiServer } from './clouds';
import type { AksClusterProfile } from './cluster-profile';
import { makeProfile, rangesOf } from './profile-fields';
import { parseJson } from './profile-text';

type Json = Readonly<Record<string, unknown>>;

/**
 * A profile from the output of `az aks show --output json`, or of a GET of the cluster from ARM.
 *
 * What ARM cannot show stays unknown: the nodes' subnets, the addresses of the API server, the managed
 * namespaces, and the engine of a cluster that brings its own CNI. Give those in `known`, which wins.
 *
 * @param json the text, or the object it holds
 * @throws NetworkPolicyError `profile-unreadable`, and what `AksClusterProfile.of` refuses
 */
export function profileFromAzAksShow(json: unknown, known: AksClusterProfile = {}): AksClusterProfile {
  const at = 'AksClusterProfile.fromAzAksShow';
  const cluster = asObject(parseJson(json, at));
  // ARM nests the settings under properties; the az command lifts them up.
  const settings = cluster === undefined ? undefined : (asObject(cluster.properties) ?? cluster);
  const network = asObject(settings?.networkProfile);
  if (settings === undefined || network === undefined) {
    throw new NetworkPolicyError({
      code: 'profile-unreadable',
      at,
      got: show(json),
      problem: 'holds no networkProfile, so it is not an AKS cluster',
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
    // A mode that is not set is null there, which is known; a field that is not there is not.
    networkPluginMode: 'networkPluginMode' in network ? (network.networkPluginMode ?? 'none') : undefined,
    kubernetesVersion: settings.currentKubernetesVersion ?? settings.kubernetesVersion,
    windowsNodePools: pools?.filter(({ osType }) => osType === 'Windows').map(({ name }) => name),
    localDns: pools === undefined ? undefined : localDnsOf(pools),
    // A cluster whose pods get addresses from a subnet shows no range of them: unknown.
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

/** ARM shows no engine where the cluster brings its own CNI, whatever enforces policies there. */
function engineOf({ networkPolicy, networkPlugin }: Json): unknown {
  const engine = networkPolicy || 'none';
  return engine === 'none' && networkPlugin === 'none' ? undefined : engine;
}

function localDnsOf(pools: readonly Json[]): boolean | undefined {
  const states = pools.map((pool) => {
    // The SDK of the az command writes localDnsProfile, ARM localDNSProfile.
    const profile = asObject(pool.localDnsProfile ?? pool.localDNSProfile);
    const { state, mode } = profile ?? {};
    if (state === 'Enabled' || mode === 'Required') {
      return true;
    }
    return state === 'Disabled' || mode === 'Disabled' ? false : undefined;
  });
  return states.includes(true) ? true : states.includes(undefined) ? undefined : false;
}

/** @see azure-mgmt-containerservice 41.8.0, advancedNetworkPolicies: FQDN unless set, read 2026-11-22 */
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
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
