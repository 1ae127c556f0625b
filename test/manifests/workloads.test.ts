import { readManifests } from '../../lib/manifests/read-manifests';
import type { Workload } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { controller, ownedBy, pod, web, webLive } from './workload-objects';

/** To which workload a live pod belongs, and what a workload is. */

/** `Deployment web: web-1, web-2`: each workload with its live pods. */
function workloadsOf(...objects: object[]): string[] {
  const { cluster, problems } = readManifests(objects);
  expect(problems).toEqual([]);
  return cluster.workloads.map(line);
}
const line = ({ kind, name, pods }: Workload) =>
  `${kind} ${name}: ${pods.map((each) => each.name).join(', ')}`.trimEnd();

test.each([
  {
    why: 'a controller known from its manifest alone has no pods',
    objects: [controller('Deployment', 'web', web)],
    workloads: ['Deployment web:'],
  },
  { why: 'a pod without an owner is a workload', objects: [pod('web', web)], workloads: ['Pod web: web'] },
  {
    why: 'a pod whose owner is of a kind not read is a workload',
    objects: [pod('web', web, ['Rollout', 'web'])],
    workloads: ['Pod web: web'],
  },
  {
    why: "pods are their ReplicaSet's Deployment's",
    objects: [
      controller('Deployment', 'web', web),
      controller('ReplicaSet', 'web-7d', webLive, ownedBy('Deployment', 'web')),
      pod('web-7d-b', webLive, ['ReplicaSet', 'web-7d']),
      pod('web-7d-a', webLive, ['ReplicaSet', 'web-7d']),
    ],
    workloads: ['Deployment web: web-7d-a, web-7d-b'],
  },
  {
    why: 'a ReplicaSet that is not read is known by the hash of its pods',
    objects: [controller('Deployment', 'web', web), pod('web-7d-a', webLive, ['ReplicaSet', 'web-7d'])],
    workloads: ['Deployment web: web-7d-a'],
  },
  {
    why: 'a Deployment that is not read is known by its pods',
    objects: [pod('web-7d-a', webLive, ['ReplicaSet', 'web-7d'])],
    workloads: ['Deployment web: web-7d-a'],
  },
  {
    why: 'a Deployment that is not read is known by its ReplicaSet',
    objects: [controller('ReplicaSet', 'web-7d', webLive, ownedBy('Deployment', 'web'))],
    workloads: ['Deployment web:'],
  },
  {
    why: 'a ReplicaSet that nobody made stands for itself',
    objects: [controller('ReplicaSet', 'web', web), pod('web-a', web, ['ReplicaSet', 'web'])],
    workloads: ['ReplicaSet web: web-a'],
  },
  {
    why: 'a ReplicationController is read as one',
    objects: [
      controller('ReplicationController', 'web', web),
      pod('web-a', web, ['ReplicationController', 'web']),
    ],
    workloads: ['ReplicationController web: web-a'],
  },
  {
    why: "pods of a CronJob's Jobs are the CronJob's",
    objects: [
      controller('Job', 'night-1', web, ownedBy('CronJob', 'night')),
      pod('night-1-a', { ...web, 'job-name': 'night-1' }, ['Job', 'night-1']),
    ],
    workloads: ['CronJob night: night-1-a'],
  },
  {
    why: "so is one that lives on its node's network, unlike its controller's",
    objects: [
      controller('StatefulSet', 'db', web),
      {
        ...pod('db-0', web, ['StatefulSet', 'db']),
        spec: { hostNetwork: true },
      },
    ],
    workloads: ['StatefulSet db:', 'Pod db-0: db-0'],
  },
  {
    why: 'a pod whose labels differ from its controller is a workload of its own',
    objects: [
      controller('StatefulSet', 'db', { app: 'db' }),
      pod('db-0', { app: 'db', 'controller-revision-hash': 'x' }, ['StatefulSet', 'db']),
      pod('db-1', { app: 'db', debug: '' }, ['StatefulSet', 'db']),
    ],
    workloads: ['StatefulSet db: db-0', 'Pod db-1: db-1'],
  },
])('$why', ({ objects, workloads }) => {
  expect(workloadsOf(...objects)).toEqual(workloads);
});

test('labels that a controller added are not among those of a workload known by its pods', () => {
  const { cluster } = readManifests([pod('web-7d-a', webLive, ['ReplicaSet', 'web-7d'])]);
  expect(cluster.workloads[0]?.labels).toEqual(web);
});

test('a completed pod keeps its phase, a pod its node and addresses', () => {
  const { cluster } = readManifests([pod('a', {}, undefined, 'Succeeded')]);
  expect(cluster.workloads[0]?.pods).toEqual([
    { name: 'a', addresses: ['10.0.0.1'], node: 'node-1', phase: 'Succeeded' },
  ]);
});

const HOOK = { annotations: { 'helm.sh/hook': 'test' } };

test.each([
  {
    why: 'a pod that Helm runs as a test',
    object: { ...pod('try', {}), metadata: { name: 'try', ...HOOK } },
    is: true,
  },
  { why: 'a Job that Helm runs as a hook', object: controller('Job', 'migrate', {}, HOOK), is: true },
  { why: 'a Deployment of a release', object: controller('Deployment', 'web', web), is: undefined },
  {
    why: 'a Deployment whose pods alone have the annotation, which Helm does not read',
    object: {
      ...controller('Deployment', 'web', web),
      spec: { template: { metadata: { labels: web, ...HOOK }, spec: { containers: [] } } },
    },
    is: undefined,
  },
])('a hook of Helm is told by its own annotation: $why', ({ object, is }) => {
  const { cluster, problems } = readManifests([object]);
  expect(problems).toEqual([]);
  expect(cluster.workloads.map(({ helmHook }) => helmHook)).toEqual([is]);
});

test('a hook of Helm is a pod like any other to a verdict', () => {
  const { cluster } = readManifests([
    { ...pod('try', {}), metadata: { name: 'try', namespace: 'shop', ...HOOK } },
    controller('Deployment', 'web', web),
  ]);
  expect(Reachability.of(cluster).verdict({ from: 'shop/try', to: 'shop/web', port: '80' }).verdict).toBe(
    'allowed',
  );
});
