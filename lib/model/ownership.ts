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
