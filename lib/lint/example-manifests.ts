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

/** A value as YAML on one line: `{ app: web }`, with quotes where a reader would take it for something else. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flow).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => `${text(key)}: ${flow(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' ? text(value) : String(value);
}

const text = (value: string) =>
  /^[A-Za-z][\w./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
