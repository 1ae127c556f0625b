import { type ReadManifests, readManifests } from '../../lib/manifests/read-manifests';

/** Reads one text as the file `a.yaml`. */
export function readYaml(text: string, file = 'a.yaml'): ReadManifests {
  return readManifests([{ file, text }]);
}

/** A NetworkPolicy `shop/db` as YAML, with these lines as its spec. */
export function policyYaml(spec: string, name = 'db'): string {
  const lines = spec.split('\n').map((line) => `  ${line}`);
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    `metadata: {name: ${name}, namespace: shop}`,
    'spec:',
    ...lines,
    '',
  ].join('\n');
}
