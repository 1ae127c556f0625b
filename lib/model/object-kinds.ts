/** A kind that a CustomResourceDefinition adds to a cluster. */
export interface InstalledKind {
  readonly kind: string;
  /** The versions that are understood. A live cluster, which may serve several, is asked for the first of them. */
  readonly apiVersions: readonly string[];
  readonly plural: string;
}

/** `CiliumNetworkPolicy.cilium.io`, `ConfigMap`: a kind with its API group. */
export function nameOfKind(kind: string, apiVersion: unknown): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

/** `apps` of `apps/v1`, `''` of `v1`. */
export function groupOf(apiVersion: unknown): string {
  return typeof apiVersion === 'string' ? apiVersion.slice(0, Math.max(apiVersion.lastIndexOf('/'), 0)) : '';
}

/** The kinds of Kubernetes itself that create pods. */
export const CONTROLLER_KINDS: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
];

/**
 * A kind that runs pods: one of Kubernetes itself, or another with a pod template, such as `Rollout`. A kind that only
 * shares the name of one of Kubernetes has its group appended: `StatefulSet.apps.kruise.io`. `Pod` is a pod without an
 * owner, or whose owner is of a kind that is not read.
 */
export type WorkloadKind = string;

const OWN_KINDS: readonly WorkloadKind[] = ['Pod', ...CONTROLLER_KINDS];

/** Whether a kind of workload belongs to Kubernetes itself. */
export function isOwnKind(kind: WorkloadKind): boolean {
  return OWN_KINDS.includes(kind);
}

export function workloadKind(kind: string, apiVersion: unknown): WorkloadKind {
  return isOwnKind(kind) && isForeignGroup(apiVersion) ? nameOfKind(kind, apiVersion) : kind;
}

/** The groups of Kubernetes itself; in any other group a kind of the same name is a different kind. */
const OWN_GROUPS: readonly string[] = ['', 'apps', 'batch', 'extensions', 'networking.k8s.io'];

/** Whether the group is not one of Kubernetes itself. */
export function isForeignGroup(apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && !OWN_GROUPS.includes(groupOf(apiVersion));
}
