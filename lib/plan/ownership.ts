import type { PolicyObject } from '../model/cluster';
import { isPlainObject } from '../model/problem';

/** The label that names the tool in charge of an object; Helm and others set it too. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/**
 * The value of that label on policies whose home is a program with this package's constructs, so that everybody
 * who lists policies of a cluster knows which of them the program answers for. A label, and no annotation, because
 * the API server selects by it: `kubectl get netpol -A -l app.kubernetes.io/managed-by=cdk8s-aks-network-policy`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/, read 2026-11-24
 */
export const MANAGED_BY = 'cdk8s-aks-network-policy';

/** The name under which this package applies policies to a cluster; the API server notes it on every field. */
export const FIELD_MANAGER = 'cdk8s-aks-network-policy';

/** What the API server notes of those who write an object. */
interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  /** Field by field: `{"f:metadata": {"f:labels": {"f:team": {}}}}`. */
  readonly fieldsV1?: {
    readonly 'f:metadata'?: { readonly 'f:labels'?: object; readonly 'f:annotations'?: object };
  };
}

/**
 * Who manages a live policy: those that applied it, else those that wrote it, sorted. Empty in a manifest.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/, Field management
 */
export function managersOf(policy: PolicyObject): readonly string[] {
  const managedFields = managedFieldsOf(policy);
  const applied = managedFields.filter(({ operation }) => operation === 'Apply');
  const counting = applied.length > 0 ? applied : managedFields;
  return [...new Set(counting.flatMap(({ manager }) => manager ?? []))].sort();
}

/** Whether code of this package owns a live policy: it was applied by it, or adopted by it with the label. */
export function isOwned(policy: PolicyObject): boolean {
  return (
    policy.metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY || managersOf(policy).includes(FIELD_MANAGER)
  );
}

/** The labels or annotations of a live policy that were applied by code of this package, sorted. */
export function fieldsAppliedTo(policy: PolicyObject, field: 'labels' | 'annotations'): readonly string[] {
  return managedFieldsOf(policy)
    .filter(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply')
    .flatMap(({ fieldsV1 }) => Object.keys(fieldsV1?.['f:metadata']?.[`f:${field}`] ?? {}))
    .filter((key) => key.startsWith('f:'))
    .map((key) => key.slice(2))
    .sort();
}

/** A server's notes; in a manifest anything may stand there, because nobody judges it. */
function managedFieldsOf({ metadata }: PolicyObject): readonly ManagedFields[] {
  const { managedFields } = metadata as { readonly managedFields?: unknown };
  return Array.isArray(managedFields) ? managedFields.filter(isPlainObject) : [];
}
