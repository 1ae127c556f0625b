import type { AksClusterProfile } from '../aks/cluster-profile';
import { KONNECTIVITY_AGENTS } from '../aks/system-pods';
import { NetworkPolicyError } from '../model/problem';
import type { Peer } from '../policy/peer';
import { fixedAddresses, known, systemPods } from './traffic-rules';

/**
 * The peers through which the API server reaches pods: the agents of its tunnel, or with VNet integration its subnet, and
 * then with Azure CNI overlay perhaps both.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/configure-kubenet.md (the tunnel has node addresses),
 *   api-server-vnet-integration.md and plan-control-plane-networking.md, Azure/AKS#4119, read 2026-11-22
 * @throws NetworkPolicyError `profile-field-missing`, `webhook-callers-unknown`, and the codes of `fixedAddresses`
 */
export function webhookCallers(
  profile: AksClusterProfile,
  apiServerSubnets: readonly string[] | undefined,
  at: string,
): readonly Peer[] {
  if (apiServerSubnets === undefined) {
    return [tunnel(profile, at)];
  }
  const subnets = fixedAddresses(apiServerSubnets, profile, `${at} apiServerSubnets`);
  const mode = known(
    profile,
    'networkPluginMode',
    at,
    'whether the tunnel is still in use',
    'write networkPluginMode in the profile: with overlay it may be, with none it is not',
  );
  return mode === 'overlay' ? [subnets, tunnel(profile, at)] : [subnets];
}

function tunnel(profile: AksClusterProfile, at: string): Peer {
  const networkPlugin = known(
    profile,
    'networkPlugin',
    at,
    "whether the tunnel's agents are pods of their own or on their node's network",
    'write networkPlugin in the profile',
  );
  if (networkPlugin === 'azure') {
    return systemPods(KONNECTIVITY_AGENTS);
  }
  if (networkPlugin === 'none') {
    throw new NetworkPolicyError({
      code: 'webhook-callers-unknown',
      at,
      got: 'networkPlugin: none',
      problem:
        "the addresses of the tunnel's agents are not documented for a cluster that brings its own CNI",
      fix: 'look them up with kubectl get pods -n kube-system -l app=konnectivity-agent -o wide, and allow them with IngressRule.allow',
    });
  }
  const nodes = known(
    profile,
    'nodeCidrs',
    at,
    'which addresses nodes have, and on kubenet the tunnel has theirs,',
    'write the subnets of the node pools as nodeCidrs in the profile',
  );
  return fixedAddresses(nodes, profile, `${at} profile.nodeCidrs`);
}
