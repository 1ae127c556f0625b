import type { AksClusterProfile } from '../aks/cluster-profile';
import { isCiliumEngine } from '../aks/engines';
import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS, NODE_LOCAL_DNS } from '../aks/system-pods';
import { isFrom } from '../model/kubernetes-version';
import { NetworkPolicyError } from '../model/problem';
import { EgressRule } from '../policy/egress-rule';
import { Peer } from '../policy/peer';
import { Port } from '../policy/port';
import { fixedAddresses, known, systemPods } from './traffic-rules';

/** Egress to name servers: UDP, and TCP for answers that do not fit into a datagram. */
export function askingNames(peers: readonly Peer[], port: number = CORE_DNS.port): EgressRule {
  return EgressRule.allow({ to: peers, ports: [Port.udp(port), Port.tcp(port)] });
}

export function toCoreDns(): EgressRule {
  return askingNames([systemPods(CORE_DNS)]);
}

/**
 * Egress to the name servers of the cluster: CoreDNS, and LocalDNS if it is on. Where LocalDNS is the node itself, only
 * Cilium's own policies can say so.
 *
 * @throws NetworkPolicyError `profile-field-missing`
 */
export function toDns(profile: AksClusterProfile, at: string): EgressRule {
  const localDns = known(
    profile,
    'localDns',
    at,
    'whether pods ask LocalDNS',
    'write localDns: true or false in the profile, or allow CoreDNS alone with toCoreDns()',
  );
  if (!localDns) {
    return toCoreDns();
  }
  const servers = [systemPods(CORE_DNS), Peer.fixedAddresses(LOCAL_DNS.cidrs, at)];
  return askingNames(isNodeItself(profile, at) ? [...servers, Peer.entity('host')] : servers);
}

/**
 * Egress to name servers that somebody installed on each node.
 *
 * @throws NetworkPolicyError `profile-field-missing`, `node-local-dns-addresses-missing`, and the codes of
 *   `fixedAddresses`
 */
export function toNodeLocalDns(
  profile: AksClusterProfile,
  addresses: readonly string[] | undefined,
  at: string,
): EgressRule {
  const engine = known(
    profile,
    'engine',
    at,
    'whether policies see the name server as pods or as its node',
    'write the engine in the profile',
  );
  if (isCiliumEngine(engine)) {
    // A local redirect policy sends the queries to these pods, whose node's addresses an IP block never matches.
    return askingNames([systemPods(NODE_LOCAL_DNS)], NODE_LOCAL_DNS.port);
  }
  if (addresses === undefined) {
    throw new NetworkPolicyError({
      code: 'node-local-dns-addresses-missing',
      at: `${at} addresses`,
      got: 'nothing',
      problem: 'its pods have the network of their node, where selectors do not match them',
      fix: "give the addresses that it listens on: as Kubernetes installs it, 169.254.20.10 and the kube-dns service's",
    });
  }
  return askingNames([fixedAddresses(addresses, profile, `${at} addresses`)], NODE_LOCAL_DNS.port);
}

/** Whether policies treat the addresses of LocalDNS as the node, which a NetworkPolicy cannot name. */
function isNodeItself(profile: AksClusterProfile, at: string): boolean {
  const engine = known(
    profile,
    'engine',
    at,
    'whether the engine lets an IP block match LocalDNS',
    'write the engine in the profile',
  );
  if (engine !== 'cilium') {
    // The version of a Cilium that somebody installed is not known; a rule with the addresses and the node works for each.
    return engine === 'byo-cilium';
  }
  const version = known(
    profile,
    'kubernetesVersion',
    at,
    'which Cilium the cluster runs',
    'write the version of Kubernetes in the profile, such as "1.33"',
  );
  return isFrom(version, LOCAL_DNS.hostOnCiliumFrom) === true;
}
