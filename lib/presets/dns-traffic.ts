import type { AksClusterProfile } from '../aks/cluster-profile';
import { isCiliumEngine } from '../aks/engines';
import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS, NODE_LOCAL_DNS } from '../aks/system-pods';
import { isFrom } from '../model/kubernetes-version';
import { NetworkPolicyError, show } from '../model/problem';
import { EgressRule } from '../policy/egress-rule';
import { Peer } from '../policy/peer';
import { Port } from '../policy/port';
import { localDnsPolicyText } from './cilium-policy-text';
import { fixedAddresses, known, systemPods } from './traffic-rules';

/** Questions to these name servers, by UDP, and by TCP where an answer does not fit a datagram. */
export function askingNames(peers: readonly Peer[], port: number = CORE_DNS.port): EgressRule {
  return EgressRule.allow({ to: peers, ports: [Port.udp(port), Port.tcp(port)] });
}

/** CoreDNS alone. */
export function toCoreDns(): EgressRule {
  return askingNames([systemPods(CORE_DNS)]);
}

/**
 * The name servers that pods of the cluster ask: CoreDNS, and LocalDNS where it is on.
 *
 * @throws NetworkPolicyError `profile-field-missing`, `local-dns-not-expressible`
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
  if (isNodeItself(profile, at)) {
    throw new NetworkPolicyError({
      code: 'local-dns-not-expressible',
      at,
      got: show({ engine: profile.engine, kubernetesVersion: profile.kubernetesVersion, localDns }),
      problem: 'LocalDNS runs on the node, and no NetworkPolicy reaches a node on this Cilium',
      fix: `allow CoreDNS with toCoreDns() (in a NamespaceBaseline: dns: false and allow: [traffic.toCoreDns()]), and apply ${localDnsPolicyText()}`,
    });
  }
  return askingNames([systemPods(CORE_DNS), Peer.fixedAddresses(LOCAL_DNS.cidrs, at)]);
}

/**
 * Name servers that somebody installed on each node.
 *
 * @throws NetworkPolicyError `profile-field-missing`, `node-local-dns-addresses-missing`, and what
 *   `fixedAddresses` refuses
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
    // A local redirect policy sends the questions to the pods; their node's addresses never match here.
    return askingNames([systemPods(NODE_LOCAL_DNS)], NODE_LOCAL_DNS.port);
  }
  if (addresses === undefined) {
    throw new NetworkPolicyError({
      code: 'node-local-dns-addresses-missing',
      at: `${at} addresses`,
      got: 'nothing',
      problem: "its pods are on their node's network, where selectors do not see them",
      fix: "give the addresses that it listens on: as Kubernetes installs it, 169.254.20.10 and the kube-dns service's",
    });
  }
  return askingNames([fixedAddresses(addresses, profile, `${at} addresses`)], NODE_LOCAL_DNS.port);
}

/** Whether policies take the addresses of LocalDNS for the node, which no NetworkPolicy can name then. */
function isNodeItself(profile: AksClusterProfile, at: string): boolean {
  const engine = known(
    profile,
    'engine',
    at,
    'whether the engine lets an IP block match LocalDNS',
    'write the engine in the profile',
  );
  if (engine !== 'cilium') {
    // What version a Cilium of one's own is, no field tells; the policy of the error serves every version.
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
