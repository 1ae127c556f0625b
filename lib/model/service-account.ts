import type { Workload } from './cluster';

/** The key under which Cilium has the service account of a pod among its labels. */
export const SERVICE_ACCOUNT_LABEL = 'io.cilium.k8s.policy.serviceaccount';

/** The account of pods that name none. */
const DEFAULT = 'default';

/**
 * The service account of pods that a controller makes as its template says; undefined where it is not known: of AKS's own
 * pods, of kinds whose controllers may set it, and of a pod by itself that names none, which may be a static one without
 * any.
 *
 * @see kubernetes plugin/pkg/admission/serviceaccount/admission.go, Admit (read 2026-12-01)
 * @see cilium v1.19.5, pkg/k8s/labels.go: the label (read 2026-12-01)
 */
export function serviceAccountOf({
  kind,
  assumed,
  labelsKnown,
  mayCarryMore,
  serviceAccount = '',
}: Pick<Workload, 'kind' | 'assumed' | 'labelsKnown' | 'mayCarryMore' | 'serviceAccount'>):
  | string
  | undefined {
  if (assumed === true || labelsKnown === false || mayCarryMore === true) {
    return undefined;
  }
  return serviceAccount !== '' ? serviceAccount : kind === 'Pod' ? undefined : DEFAULT;
}

/** Whether pods that a template describes have the service account of another one. */
export function haveSameAccount(
  a: Pick<Workload, 'serviceAccount'>,
  b: Pick<Workload, 'serviceAccount'>,
): boolean {
  return (a.serviceAccount || DEFAULT) === (b.serviceAccount || DEFAULT);
}
