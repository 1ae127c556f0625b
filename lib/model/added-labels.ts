import type { WorkloadKind } from './workload-kind';

/** Those that a Job's controller adds. */
const OF_JOBS: readonly string[] = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
];

/**
 * The labels that controllers add to the pods they create. A manifest does not tell their values, so a selector on one of
 * them cannot be judged for a workload.
 *
 * @see kubernetes pkg/controller: the constants named `...LabelKey` and `...Label` (read 2026-11-22)
 * @see argoproj/argo-rollouts, pkg/apis/rollouts/v1alpha1/types.go: DefaultRolloutUniqueLabelKey (read 2026-11-30)
 * @see kedacore/keda, pkg/scaling/executor/scale_jobs.go: generateJobs (read 2026-11-30)
 */
const ADDED: ReadonlyMap<WorkloadKind, readonly string[]> = new Map(
  Object.entries({
    Deployment: ['pod-template-hash'],
    StatefulSet: [
      'controller-revision-hash',
      'statefulset.kubernetes.io/pod-name',
      'apps.kubernetes.io/pod-index',
    ],
    DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
    Job: OF_JOBS,
    CronJob: OF_JOBS,
    Rollout: ['rollouts-pod-template-hash'],
    ScaledJob: ['scaledjob.keda.sh/name', ...OF_JOBS],
  }),
);

/** The label keys whose presence and value a workload's manifest does not tell. */
export function labelsAddedTo(kind: WorkloadKind): readonly string[] {
  return ADDED.get(kind) ?? [];
}
