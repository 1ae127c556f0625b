/**
 * The cluster's own name servers on AKS: the pods that answer on the `kube-dns` Service.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/best-practices-ml-ops.md (the policy sample that allows
 *   DNS) and coredns-troubleshoot.md (the label), read 2026-11-22
 */
export const CORE_DNS = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  /** UDP, and TCP for answers that do not fit a datagram. */
  port: 53,
} as const;
