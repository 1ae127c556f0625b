import type { Labels } from './labels';
import type { WorkloadKind } from './object-kinds';

/** Added by the controller of Jobs. */
const OF_JOBS: readonly string[] = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
];

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** The labels that hold the name and the ordinal of a StatefulSet's pod, so that its pods differ in them. */
export const ORDINAL_LABELS: readonly string[] = [POD_NAME, POD_INDEX];

/**
 * The labels that controllers add to the pods they create. Their values are not in a manifest, so a selector on one of
 * them cannot be judged, except where the functions below derive the value.
 *
 * @see kubernetes pkg/controller: the constants named `...LabelKey` and `...Label` (read 2026-11-22)
 * @see argoproj/argo-rollouts, pkg/apis/rollouts/v1alpha1/types.go: DefaultRolloutUniqueLabelKey (read 2026-11-30)
 * @see kedacore/keda, pkg/scaling/executor/scale_jobs.go: generateJobs (read 2026-11-30)
 */
const ADDED: ReadonlyMap<WorkloadKind, readonly string[]> = new Map(
  Object.entries({
    Deployment: ['pod-template-hash'],
    StatefulSet: ['controller-revision-hash', POD_NAME, POD_INDEX],
    DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
    Job: OF_JOBS,
    CronJob: OF_JOBS,
    Rollout: ['rollouts-pod-template-hash'],
    ScaledJob: ['scaledjob.keda.sh/name', ...OF_JOBS],
  }),
);

/** The keys of labels that pods may have although the manifest of their workload does not contain them. */
export function labelsAddedTo(kind: WorkloadKind): readonly string[] {
  return ADDED.get(kind) ?? [];
}

/**
 * The ordinal labels of a StatefulSet's pod; `undefined` if its controller gives no pod this name.
 *
 * @see kubernetes pkg/controller/statefulset/stateful_set_utils.go: getPodName, initIdentity (read 2026-11-30)
 */
export function ordinalLabelsOf({ kind, name }: Named, pod: string): Labels | undefined {
  const ordinal = pod.startsWith(`${name}-`) ? pod.slice(name.length + 1) : '';
  return kind === 'StatefulSet' && isOrdinal(ordinal) ? { [POD_NAME]: pod, [POD_INDEX]: ordinal } : undefined;
}

/** Whether a controller may give one of its pods this label with this value. */
export function mayBeAdded(workload: Named, key: string, value: string): boolean {
  if (!labelsAddedTo(workload.kind).includes(key)) {
    return false;
  }
  return key === POD_NAME
    ? ordinalLabelsOf(workload, value) !== undefined
    : key !== POD_INDEX || isOrdinal(value);
}

/**
 * The labels that the API server adds to the pod template of a Job.
 *
 * @see kubernetes pkg/registry/batch/job/strategy.go: generateSelector (read 2026-11-30)
 */
export function labelsOfJob(name: string): Labels {
  return { 'job-name': name, 'batch.kubernetes.io/job-name': name };
}

interface Named {
  readonly kind: WorkloadKind;
  readonly name: string;
}

function isOrdinal(text: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(text);
}
