/**
 * LocalDNS: the addresses on each node that pods ask for names where a node pool has it, in place of CoreDNS.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/localdns-custom.md, of 2026-07-06, read 2026-11-22
 */
export const LOCAL_DNS = { addresses: ['169.254.10.10', '169.254.10.11'], port: 53 } as const;
