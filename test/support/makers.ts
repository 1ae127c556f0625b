/** A Prometheus of the operator's, whose pods no manifest tells of. */
export function prometheus(name = 'main', namespace = 'shop', more: object = {}) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name, namespace },
    spec: { replicas: 2, ...more },
  };
}

/** Argo CD's Application; what it brings stands in a repository elsewhere. */
export function application(name: string, into?: string) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: into } },
  };
}
