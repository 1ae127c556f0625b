import { formatCidr, readCidr } from '../model/cidr';
import { aksDocs, type FactSource } from './fact-source';

/**
 * The instance metadata service, which hands out credentials of the node's identities.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/operator-best-practices-cluster-security.md and
 *   imds-restriction.md, read 2026-11-22
 */
export const IMDS = { cidr: '169.254.169.254/32', port: 80 } as const;

/**
 * Azure's name server and the channel of its VM agents; the same address in every virtual network. The agents, which run
 * on nodes, use the ports 80 and 32526; AKS itself blocks port 80 for pods.
 *
 * @see learn.microsoft.com, what-is-ip-address-168-63-129-16, read 2026-11-22
 */
export const WIRESERVER = { cidr: '168.63.129.16/32' } as const;

/** Addresses that never leave the machine (RFC 3927), such as those of IMDS and LocalDNS. */
export const LINK_LOCAL = '169.254.0.0/16';

interface LocalDnsFacts {
  readonly cidrs: readonly string[];
  readonly port: number;
  /** The first Kubernetes version whose Cilium (1.17) treats the addresses as the node's own. */
  readonly hostOnCiliumFrom: string;
  readonly sources: readonly FactSource[];
}

/**
 * LocalDNS: a name server on each node of a node pool that has it. Pods there ask it instead of CoreDNS. Its page is of
 * 2026-07-06.
 */
export const LOCAL_DNS: LocalDnsFacts = {
  cidrs: ['169.254.10.10/32', '169.254.10.11/32'],
  port: 53,
  hostOnCiliumFrom: '1.32',
  sources: [aksDocs('localdns-custom.md'), aksDocs('azure-cni-powered-by-cilium.md')],
};

/**
 * The `except` of 0.0.0.0/0 that leaves only addresses outside the cluster: link-local addresses, the wireserver, and the
 * ranges of pods and nodes.
 *
 * @param ranges CIDRs of pods and nodes, where an IP block matches these; those of IPv6 are ignored
 */
export function exceptInsideCluster(ranges: readonly string[]): readonly string[] {
  const inCluster = ranges.flatMap((text) => {
    const cidr = readCidr(text);
    return cidr?.family === 4 ? [formatCidr(cidr)] : [];
  });
  return [...new Set([LINK_LOCAL, WIRESERVER.cidr, ...inCluster])];
}
