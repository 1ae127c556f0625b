import type { AksClusterProfile } from '../aks/cluster-profile';
import { isCiliumEngine } from '../aks/engines';
import { HOSTS, type HostPurpose } from '../aks/host-names';
import { NetworkPolicyError, show } from '../model/problem';
import { EgressRule } from '../policy/egress-rule';
import { checkOptions } from '../policy/options';
import { Peer } from '../policy/peer';
import { Port } from '../policy/port';
import { fixedAddresses } from './traffic-rules';
import { outsideCluster } from './wide-traffic';

/** How to allow a service of Azure that has host names but no fixed addresses. */
export interface AzureServiceTraffic {
  /**
   * Its addresses, each an address or a CIDR: a private endpoint, or the ranges of its service tag, which change.
   * @default none: the host names, where policies of the cluster can name hosts; elsewhere the call is refused unless
   *   `anywhereOutside` is set
   */
  readonly addresses?: readonly string[];
  /**
   * Whether to allow its port to every IPv4 address outside the cluster, because a NetworkPolicy cannot name hosts.
   * @default false
   */
  readonly anywhereOutside?: boolean;
}

/**
 * A rule for a service with host names: by its addresses, or else by its names, which only Cilium's own policies can say.
 *
 * @throws NetworkPolicyError `host-names-not-expressible`, `profile-field-missing`, and the codes of `fixedAddresses`
 */
export function toHosts(
  purpose: HostPurpose,
  profile: AksClusterProfile,
  options: AzureServiceTraffic,
  at: string,
): EgressRule {
  checkOptions(options, ['addresses', 'anywhereOutside'], at);
  const { addresses, anywhereOutside = false } = options;
  const to = [
    ...(addresses === undefined ? [] : [fixedAddresses(addresses, profile, `${at} addresses`)]),
    ...(anywhereOutside === true ? [outsideCluster(profile, at)] : []),
  ];
  const { label, port, names } = HOSTS[purpose];
  if (to.length === 0 && namesHosts(profile) && profile.cloud !== undefined) {
    to.push(...names[profile.cloud].map((name) => Peer.hostName(name)));
  }
  if (to.length === 0) {
    throw new NetworkPolicyError({
      code: 'host-names-not-expressible',
      at,
      got: show(options),
      problem: `a NetworkPolicy cannot name hosts, and ${label} has no fixed addresses`,
      fix: `${alternatives(purpose, profile)} in a NetworkPolicy, give addresses: [...] of a private endpoint, or anywhereOutside: true for TCP ${port} to every address outside the cluster`,
    });
  }
  return EgressRule.allow({ to, ports: [Port.tcp(port)] });
}

/** Whether policies of the cluster are known to be able to name hosts. */
function namesHosts({ engine, acns }: AksClusterProfile): boolean {
  return engine === 'byo-cilium' || (engine === 'cilium' && (acns === 'FQDN' || acns === 'L7'));
}

/** What can name the hosts on this cluster, as a sentence or more. */
function alternatives(purpose: HostPurpose, { engine, acns, cloud }: AksClusterProfile): string {
  const { label, names } = HOSTS[purpose];
  if (cloud === undefined) {
    return 'write the cloud in the profile to be told the host names;';
  }
  const hosts = names[cloud];
  if (hosts.length === 0) {
    return `the page on outbound rules names no hosts of ${label} in ${cloud};`;
  }
  if (!isCiliumEngine(engine)) {
    const who = engine === undefined ? 'only the engine cilium can name' : `the engine ${engine} cannot name`;
    return `${who} ${hosts.join(', ')};`;
  }
  const first =
    acns === 'None'
      ? 'turn on FQDN policies (az aks update --enable-acns), and '
      : 'where FQDN policies are on, ';
  return `${first}write acns in the profile, and this rule names ${hosts.join(', ')} in a CiliumNetworkPolicy;`;
}
