/** A kind that a cluster has where somebody installed it. */
export interface InstalledKind {
  readonly kind: string;
  /** Those that are understood, of which a cluster may serve several; the first is asked for. */
  readonly apiVersions: readonly string[];
  readonly plural: string;
}

/** `CiliumNetworkPolicy.cilium.io`, `ConfigMap`: what tells a kind from others of its name. */
export function nameOfKind(kind: string, apiVersion: unknown): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

/** `apps` of `apps/v1`, `''` of `v1`. */
export function groupOf(apiVersion: unknown): string {
  return typeof apiVersion === 'string' ? apiVersion.slice(0, Math.max(apiVersion.lastIndexOf('/'), 0)) : '';
}

/** The kinds of Kubernetes itself whose objects make pods. */
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
 * What runs pods: a kind of Kubernetes itself, or another one with a pod template, such as `Rollout`; one that only
 * shares the name of the former has its group behind it, as in `StatefulSet.apps.kruise.io`. `Pod` is one without an
 * owner, or whose owner is of a kind not read.
 */
export type WorkloadKind = string;

const OWN_KINDS: readonly WorkloadKind[] = ['Pod', ...CONTROLLER_KINDS];

/** Whether a kind of workload is one of Kubernetes itself. */
export function isOwnKind(kind: WorkloadKind): boolean {
  return OWN_KINDS.includes(kind);
}

/** What the kind of a workload is called here. */
export function workloadKind(kind: string, apiVersion: unknown): WorkloadKind {
  return isOwnKind(kind) && isForeignGroup(apiVersion) ? nameOfKind(kind, apiVersion) : kind;
}

/** The groups of Kubernetes itself; a kind of the same name in any other group is another thing. */
const OWN_GROUPS: readonly string[] = ['', 'apps', 'batch', 'extensions', 'networking.k8s.io'];

/** Whether a version is of another group than those of Kubernetes itself. */
export function isForeignGroup(apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && !OWN_GROUPS.includes(groupOf(apiVersion));
}
