/** Whether an object is a policy of Cilium's own kinds. Calico and others have no kinds of these names. */
export function isCiliumKind({ kind }: { readonly kind: string }): boolean {
  return kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy';
}
