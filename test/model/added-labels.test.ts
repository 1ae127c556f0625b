import { labelsAddedTo } from '../../lib/model/added-labels';
import type { WorkloadKind } from '../../lib/model/object-kinds';

test.each<{ kind: WorkloadKind; some: readonly string[] }>([
  { kind: 'Pod', some: [] },
  { kind: 'Deployment', some: ['pod-template-hash'] },
  { kind: 'ReplicaSet', some: [] },
  { kind: 'ReplicationController', some: [] },
  { kind: 'Rollout', some: ['rollouts-pod-template-hash'] },
  { kind: 'ScaledJob', some: ['scaledjob.keda.sh/name', 'job-name'] },
  { kind: 'constructor', some: [] },
  { kind: 'StatefulSet', some: ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'] },
  { kind: 'DaemonSet', some: ['controller-revision-hash', 'pod-template-generation'] },
  { kind: 'Job', some: ['job-name', 'batch.kubernetes.io/job-name'] },
  { kind: 'CronJob', some: ['job-name', 'batch.kubernetes.io/job-name'] },
])('pods of a $kind get labels from its controller: $some', ({ kind, some }) => {
  expect(labelsAddedTo(kind)).toEqual(expect.arrayContaining([...some]));
  expect(labelsAddedTo(kind).length > 0).toBe(some.length > 0);
});
