import { flow } from '../../lib/lint/pieces';

/** A Deployment for an example: its pods carry `app: name`. */
export function deployment(
  name: string,
  {
    namespace = 'shop',
    ports = [] as readonly object[],
    kind = 'Deployment',
    pod = {} as object,
    labels = {} as object,
  } = {},
): string {
  const containers = [{ name, ...(ports.length === 0 ? {} : { ports }) }];
  const template = flow({ metadata: { labels: { app: name, ...labels } }, spec: { ...pod, containers } });
  return `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: ${template} }
`;
}

/** A policy for an example, its spec on one line. */
export function networkPolicy(name: string, spec: object, namespace = 'shop'): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${flow(spec)}
`;
}
