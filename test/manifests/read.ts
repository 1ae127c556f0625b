import { type ReadManifests, readManifests } from '../../lib/manifests/read-manifests';
import { describePlace } from '../../lib/model/place';

/** Reads one text as the file `a.yaml`. */
export function readYaml(text: string, file = 'a.yaml'): ReadManifests {
  return readManifests([{ file, text }]);
}

/** Where a text has problems, each with its field: `3:34 metadata.namespace`. */
export function placesOfProblems(text: string): string[] {
  return readYaml(text).problems.map(
    ({ source, at }) => `${source.line}:${source.column} ${describePlace(at)}`,
  );
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
