import type { Cluster, Namespace, Workload } from '../model/cluster';
import type { AksClusterProfile } from './cluster-profile';
import { SYSTEM_WORKLOADS, type SystemWorkload } from './system-pods';

/**
 * A cluster with AKS's own pods that it does not hold, as the manifests of a team never do. They come behind its
 * workloads, and their namespaces behind its namespaces. These are not declared, because no source tells all their labels.
 *
 * A live cluster shows every pod that it has, so nothing is assumed of it. An add-on is assumed, because no field of a
 * profile tells that it is off. An object that could not be read keeps no pod away, whatever its name: that AKS runs the
 * pod does not depend on it.
 *
 * @param profile tells by its network plugin which pods have the address of their node
 * @returns the same cluster where nothing is missing
 */
export function withAssumedPods(cluster: Cluster, profile: AksClusterProfile = {}): Cluster {
  const missing = cluster.isLive === true ? [] : missingFrom(cluster);
  const assumed = missing.flatMap((facts) => assume(facts, profile));
  return assumed.length === 0
    ? cluster
    : {
        ...cluster,
        namespaces: [...cluster.namespaces, ...newNamespaces(cluster, assumed)],
        workloads: [...cluster.workloads, ...assumed],
      };
}

function missingFrom({ workloads }: Cluster): SystemWorkload[] {
  const places = new Set(SYSTEM_WORKLOADS.map(({ namespace }) => namespace));
  const declared = workloads.filter(({ namespace }) => places.has(namespace));
  return SYSTEM_WORKLOADS.filter((facts) => !declared.some((workload) => isThat(workload, facts)));
}

/** Whether a workload is what the facts are about, or what a revision of the add-on has of it. */
function isThat(workload: Workload, facts: SystemWorkload): boolean {
  return (
    workload.namespace === facts.namespace &&
    (workload.name === facts.name ||
      (facts.isRevisioned === true && workload.name.startsWith(`${facts.name}-asm-`)))
  );
}

/** Nothing where no source tells whose addresses the pods have. */
function assume(facts: SystemWorkload, { networkPlugin }: AksClusterProfile): readonly Workload[] {
  const { kind, namespace, name, labels, ports = [], addresses } = facts;
  if (networkPlugin !== undefined && addresses?.unknown.includes(networkPlugin) === true) {
    return [];
  }
  return [
    {
      kind,
      namespace,
      name,
      labels: labels ?? {},
      ...(labels === undefined ? { labelsKnown: false } : { selector: { matchLabels: labels } }),
      ports,
      hostNetwork: networkPlugin !== undefined && addresses?.ofNodes.includes(networkPlugin) === true,
      assumed: true,
      pods: [],
    },
  ];
}

function newNamespaces({ namespaces }: Cluster, assumed: readonly Workload[]): Namespace[] {
  const known = new Set(namespaces.map(({ name }) => name));
  return [...new Set(assumed.map(({ namespace }) => namespace))]
    .filter((name) => !known.has(name))
    .map((name) => ({ name, labels: {}, declared: false }));
}
