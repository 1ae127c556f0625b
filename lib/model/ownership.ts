import type { NetworkPolicy } from './network-policy';

/** The name under which this package applies policies to a cluster; the API server notes it on every field. */
export const FIELD_MANAGER = 'cdk8s-aks-network-policy';

/** What the API server notes of those who write an object. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
}

/**
 * Who manages a live policy: those that applied it, else those that wrote it, sorted. Empty in a manifest.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/, Field management
 */
export function managersOf({ metadata }: NetworkPolicy): readonly string[] {
  const { managedFields = [] } = metadata as { readonly managedFields?: readonly ManagedFields[] };
  const applied = managedFields.filter(({ operation }) => operation === 'Apply');
  const counting = applied.length > 0 ? applied : managedFields;
  return [...new Set(counting.flatMap(({ manager }) => manager ?? []))].sort();
}

/** Whether code of this package owns a live policy. */
export function isOwned(policy: NetworkPolicy): boolean {
  return managersOf(policy).includes(FIELD_MANAGER);
}
