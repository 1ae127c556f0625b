/**
 * The policies that AKS itself puts into clusters. This one stands where nodes route with eBPF, and denies pods two ports
 * of Azure's platform.
 *
 * @see Azure/azure-container-networking cbd7560cf, test/integration/manifests/cilium/v1.19/ebpf/common/ccnps.yaml, read
 *   2026-11-30
 */
const AKS_POLICIES: readonly { readonly kind: string; readonly name: string }[] = [
  { kind: 'CiliumClusterwideNetworkPolicy', name: 'block-azure-destinations' },
];

/** Whether a policy is AKS's own, which nobody else manages. */
export function isAksPolicy(policy: { readonly kind: string; readonly name: string }): boolean {
  return AKS_POLICIES.some(({ kind, name }) => kind === policy.kind && name === policy.name);
}
