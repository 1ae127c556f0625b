import { CONTROLLER_KINDS } from '../model/cluster';

/** Where the API server lists the objects of a kind. */
export type List = readonly [kind: string, apiVersion: string, plural: string];

/** The kinds that judgements need. */
export const LISTS: readonly List[] = [
  ['Namespace', 'v1', 'namespaces'],
  ['Node', 'v1', 'nodes'],
  ['NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicies'],
  ['Deployment', 'apps/v1', 'deployments'],
  ['StatefulSet', 'apps/v1', 'statefulsets'],
  ['DaemonSet', 'apps/v1', 'daemonsets'],
  ['ReplicaSet', 'apps/v1', 'replicasets'],
  ['Job', 'batch/v1', 'jobs'],
  ['CronJob', 'batch/v1', 'cronjobs'],
  ['Service', 'v1', 'services'],
  ['Ingress', 'networking.k8s.io/v1', 'ingresses'],
  // The controllers come first, so that pods are grouped as they arrive.
  ['Pod', 'v1', 'pods'],
];

/** The kinds whose objects are in no namespace. */
export const CLUSTER_WIDE: readonly string[] = ['Namespace', 'Node'];

/** The kinds that tell which pods a policy selects. */
export const KINDS_OF_SELECTION: readonly string[] = ['NetworkPolicy', ...CONTROLLER_KINDS, 'Pod'];
