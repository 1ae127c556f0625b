import type { Cluster, Namespace, Workload } from '../model/cluster';
import type { AksClusterProfile } from './cluster-profile';
import { SYSTEM_WORKLOADS, type SystemWorkload } from './system-pods';

/**
 * A cluster with those workloads of AKS that no manifest declares. Their namespaces are added as undeclared, because their
 * labels are not documented.
 *
 * A live cluster shows all its pods, so nothing is added to it. Add-ons are assumed too, because a profile does not say
 * whether they are on. An unreadable object never replaces an assumed workload, whatever its name.
 *
 * @param profile its network plugin decides which pods have the address of their node
 * @returns the same cluster if nothing is missing
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

/** Whether a workload is the one of the facts, or one of its revisions. */
function isThat(workload: Workload, facts: SystemWorkload): boolean {
  return (
    workload.namespace === facts.namespace &&
    (workload.name === facts.name ||
      (facts.isRevisioned === true && workload.name.startsWith(`${facts.name}-asm-`)))
  );
}

/** Empty if it is not known whether the pods have addresses of their own. */
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
