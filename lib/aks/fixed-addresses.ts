import { aksDocs, type Source } from './fact-source';

/**
 * The instance metadata service: credentials of the node's identities, and facts about the machine.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/operator-best-practices-cluster-security.md and
 *   imds-restriction.md, read 2026-11-22
 */
export const IMDS = { cidr: '169.254.169.254/32', port: 80 } as const;

/**
 * Azure's own name server and the channel of its VM agents, the same address in every virtual network. 80 and
 * 32526 are the agents', which run on nodes; AKS shuts 80 for pods itself.
 *
 * @see learn.microsoft.com, what-is-ip-address-168-63-129-16, read 2026-11-22
 */
export const WIRESERVER = { cidr: '168.63.129.16/32' } as const;

/** Addresses that never leave the machine (RFC 3927): IMDS and LocalDNS are among them. */
export const LINK_LOCAL = '169.254.0.0/16';

interface LocalDnsFacts {
  readonly cidrs: readonly string[];
  readonly port: number;
  /** The first Kubernetes version whose Cilium (1.17) takes the addresses for the node's own. */
  readonly hostOnCiliumFrom: string;
  readonly sources: readonly Source[];
}

/**
 * LocalDNS: a name server on each node, at link-local addresses, which pods ask in place of CoreDNS where a node pool
 * has it. The page on it is of 2026-07-06.
 */
export const LOCAL_DNS: LocalDnsFacts = {
  cidrs: ['169.254.10.10/32', '169.254.10.11/32'],
  port: 53,
  hostOnCiliumFrom: '1.32',
  sources: [aksDocs('localdns-custom.md'), aksDocs('azure-cni-powered-by-cilium.md')],
};
