import type { Workload } from './cluster';

/** Distinct among the workloads of a cluster, and the same in every version of it. */
export function workloadKey({
  namespace,
  name,
  kind,
}: Pick<Workload, 'namespace' | 'name' | 'kind'>): string {
  return `${namespace}/${name}/${kind}`;
}
