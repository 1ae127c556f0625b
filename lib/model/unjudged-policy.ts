import type { UnjudgedPolicy } from './cluster';

/** Unique among the policies of a cluster. Names are not checked, so the key is JSON. */
export function unjudgedKey({
  kind,
  group,
  namespace,
  name,
}: Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name'>): string {
  return JSON.stringify([kind, group, namespace, name]);
}
