import type { PolicyObject } from '../model/cluster';
import { isPlainObject } from '../model/problem';

/** The label that names the tool that manages an object; Helm and others set it too. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/**
 * The value of that label on policies that a program with this package's constructs manages. A label, not an annotation,
 * so that people can list them: `kubectl get netpol -A -l app.kubernetes.io/managed-by=cdk8s-aks-network-policy`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/, read 2026-11-24
 */
export const MANAGED_BY = 'cdk8s-aks-network-policy';

/** The field manager with which this package applies policies; the API server records it for every field. */
export const FIELD_MANAGER = 'cdk8s-aks-network-policy';

/** What the API server records about those who write an object. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  /** Field by field: `{"f:metadata": {"f:labels": {"f:team": {}}}}`. */
  readonly fieldsV1?: {
    readonly 'f:metadata'?: { readonly 'f:labels'?: object; readonly 'f:annotations'?: object };
  };
}

/**
 * The field managers of a live policy, sorted: those that applied it, or else those that wrote it. Empty in a manifest.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/, Field management
 */
export function managersOf(policy: PolicyObject): readonly string[] {
  const managedFields = managedFieldsOf(policy);
  const applied = managedFields.filter(({ operation }) => operation === 'Apply');
  const counting = applied.length > 0 ? applied : managedFields;
  return [...new Set(counting.flatMap(({ manager }) => manager ?? []))].sort();
}

/** Whether this package owns a live policy: it applied the policy, or the policy has its label. */
export function isOwned(policy: PolicyObject): boolean {
  return (
    policy.metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY || managersOf(policy).includes(FIELD_MANAGER)
  );
}

/** The keys of labels or annotations of a live policy that this package applied, sorted. */
export function fieldsAppliedTo(policy: PolicyObject, field: 'labels' | 'annotations'): readonly string[] {
  return managedFieldsOf(policy)
    .filter(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply')
    .flatMap(({ fieldsV1 }) => Object.keys(fieldsV1?.['f:metadata']?.[`f:${field}`] ?? {}))
    .filter((key) => key.startsWith('f:'))
    .map((key) => key.slice(2))
    .sort();
}

/** What the server recorded. In a manifest the field is not checked and may have any value. */
function managedFieldsOf({ metadata }: PolicyObject): readonly ManagedFields[] {
  const { managedFields } = metadata as { readonly managedFields?: unknown };
  return Array.isArray(managedFields) ? managedFields.filter(isPlainObject) : [];
}
