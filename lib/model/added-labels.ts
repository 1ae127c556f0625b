import type { WorkloadKind } from './cluster';

/**
 * The labels that Kubernetes' controllers add to the pods they create. A manifest does not tell their values,
 * so a selector on one of them cannot be judged for a workload.
 *
 * @see kubernetes pkg/controller: the constants named `...LabelKey` and `...Label` (read 2026-11-22)
 */
const ADDED: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Pod: [],
  Deployment: ['pod-template-hash'],
  ReplicaSet: [],
  StatefulSet: [
    'controller-revision-hash',
    'statefulset.kubernetes.io/pod-name',
    'apps.kubernetes.io/pod-index',
  ],
  DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
  Job: [
    'controller-uid',
    'job-name',
    'batch.kubernetes.io/controller-uid',
    'batch.kubernetes.io/job-name',
    'batch.kubernetes.io/job-completion-index',
  ],
  CronJob: [
    'controller-uid',
    'job-name',
    'batch.kubernetes.io/controller-uid',
    'batch.kubernetes.io/job-name',
    'batch.kubernetes.io/job-completion-index',
  ],
};

/** The label keys whose presence and value a workload's manifest does not tell. */
export function labelsAddedTo(kind: WorkloadKind): readonly string[] {
  return ADDED[kind];
}
