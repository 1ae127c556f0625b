import { aksDocs } from './source';
import type { SystemWorkload } from './system-pods';

/**
 * The cluster's own name servers on AKS: the pods that answer on the `kube-dns` Service. LocalDNS does not take them
 * away.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/best-practices-ml-ops.md (the policy sample that allows DNS), read
 *   2026-11-22
 */
export const CORE_DNS = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'coredns',
  labels: { 'k8s-app': 'kube-dns' },
  /** UDP, and TCP for answers that do not fit a datagram. */
  port: 53,
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
  source: aksDocs('coredns-troubleshoot.md'),
} as const satisfies SystemWorkload & { readonly port: number };
