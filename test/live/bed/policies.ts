import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveCluster } from './cluster';

/** A policy as a manifest has it. */
export const policy = (name: string, spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});

/** Writes objects into one file of a folder. */
export function writeManifest(folder: string, name: string, ...objects: readonly object[]): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  return path;
}

/** The names of the policies that a namespace of a cluster has. */
export async function livePolicies({ server }: LiveCluster, namespace = 'shop'): Promise<string[]> {
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  const { items } = await server.api.get<{ items: { metadata: { name: string } }[] }>(path);
  return items.map(({ metadata }) => metadata.name).sort();
}
