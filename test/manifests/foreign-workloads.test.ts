import { readManifests } from '../../lib/manifests/read-manifests';
import type { Workload } from '../../lib/model/cluster';
import { describeManifestProblem } from '../../lib/model/manifest-problem';
import { readYaml } from './read';

const labels = { app: 'web' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } };

/** @param of kind and version, such as `Rollout argoproj.io/v1alpha1` */
function object(of: string, spec: object, name = 'web', more: object = {}) {
  const [kind, apiVersion] = of.split(' ');
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...more }, spec };
}

const ROLLOUT = 'Rollout argoproj.io/v1alpha1';

function read(...objects: object[]) {
  const { cluster, problems, skipped } = readManifests(objects);
  expect(problems).toEqual([]);
  return { workloads: cluster.workloads, skipped, makers: cluster.makers };
}

const line = ({ kind, name, pods }: Workload) =>
  `${kind} ${name}: ${pods.map((each) => each.name).join(', ')}`.trimEnd();

test.each([
  { of: ROLLOUT, spec: { template } },
  { of: 'CloneSet apps.kruise.io/v1alpha1', spec: { template } },
  { of: 'ScaledJob keda.sh/v1alpha1', spec: { jobTargetRef: { template } } },
  { of: 'Sandbox agents.x-k8s.io/v1alpha1', spec: { podTemplate: template } },
  { of: 'Nightly example.com/v1', spec: { jobTemplate: { spec: { template } } } },
  { of: 'Fleet agones.dev/v1', spec: { template: { spec: { template } } } },
  {
    of: 'AdvancedCronJob apps.kruise.io/v1alpha1',
    spec: { template: { jobTemplate: { spec: { template } } } },
  },
  {
    of: 'AdvancedCronJob apps.kruise.io/v1alpha1',
    spec: { template: { broadcastJobTemplate: { spec: { template } } } },
  },
])('the pods of a $of are those of its template', ({ of, spec }) => {
  const { workloads, skipped, makers } = read(object(of, spec));
  expect(workloads).toMatchObject([{ kind: of.split(' ')[0], namespace: 'shop', name: 'web', labels }]);
  expect({ skipped, makers }).toEqual({ skipped: {}, makers: undefined });
});

test.each([
  { why: 'a template without pods', of: 'Widget example.com/v1', spec: { template: { spec: { size: 1 } } } },
  {
    why: 'containers that are no list',
    of: 'Widget example.com/v1',
    spec: { template: { spec: { containers: {} } } },
  },
  {
    why: 'a list of containers without a name or an image',
    of: 'Widget example.com/v1',
    spec: { template: { spec: { containers: [{ size: 1 }, 'web'] } } },
  },
  {
    why: 'no containers at all',
    of: 'Widget example.com/v1',
    spec: { template: { spec: { containers: [] } } },
  },
  {
    why: 'a template that others use',
    of: 'SandboxTemplate example.com/v1',
    spec: { podTemplate: template },
  },
  {
    why: 'a template of Kubernetes itself at a place where it has none',
    of: 'PodTemplate v1',
    spec: { template },
  },
  { why: 'a kind that Kubernetes itself does not have', of: 'Widget apps/v1', spec: { template } },
  { why: 'a Rollout whose template is a Deployment’s', of: ROLLOUT, spec: { workloadRef: { name: 'web' } } },
])('$why makes no workload', ({ of, spec }) => {
  const { workloads, skipped } = read(object(of, spec));
  expect({ workloads, passedOver: Object.values(skipped) }).toEqual({ workloads: [], passedOver: [1] });
});

test.each([
  {
    why: 'a Rollout adds a hash, which its kind tells',
    of: ROLLOUT,
    spec: { template },
    labels,
    mayCarryMore: undefined,
  },
  {
    why: 'a ScaledJob adds what its kind tells',
    of: 'ScaledJob keda.sh/v1alpha1',
    spec: { jobTargetRef: { template } },
    labels,
    mayCarryMore: undefined,
  },
  {
    why: 'nobody knows what other kinds add',
    of: 'Widget example.com/v1',
    spec: { template },
    labels,
    mayCarryMore: true,
  },
  {
    why: 'nor what a kind of the same name in another group adds',
    of: 'Rollout example.com/v1',
    spec: { template },
    labels,
    mayCarryMore: true,
  },
  {
    why: 'labels that a Rollout puts on pods for a while are not certain',
    of: ROLLOUT,
    spec: {
      template: { ...template, metadata: { labels: { ...labels, role: 'stable' } } },
      strategy: { canary: { canaryMetadata: { labels: { role: 'canary' } } } },
    },
    labels,
    mayCarryMore: true,
  },
  {
    why: 'nor are those of a preview',
    of: ROLLOUT,
    spec: { template, strategy: { blueGreen: { previewMetadata: { labels: { role: 'preview' } } } } },
    labels,
    mayCarryMore: true,
  },
  {
    why: 'annotations for a while are no labels',
    of: ROLLOUT,
    spec: { template, strategy: { canary: { canaryMetadata: { annotations: { role: 'canary' } } } } },
    labels,
    mayCarryMore: undefined,
  },
])('$why', ({ of, spec, labels, mayCarryMore }) => {
  const [workload] = read(object(of, spec)).workloads;
  expect({ labels: workload?.labels, mayCarryMore: workload?.mayCarryMore }).toEqual({
    labels,
    mayCarryMore,
  });
});

test.each([
  { why: 'a selector is kept', selector: { matchLabels: labels }, kept: { matchLabels: labels } },
  { why: 'one of another form is none', selector: labels, kept: undefined },
  { why: 'one that misses the pods is none', selector: { matchLabels: { app: 'db' } }, kept: undefined },
  { why: 'without one there is none', selector: undefined, kept: undefined },
])('$why', ({ selector, kept }) => {
  expect(read(object(ROLLOUT, { selector, template })).workloads[0]?.selector).toEqual(kept);
});

test('a kind that shares its name with one of Kubernetes is told apart', () => {
  const objects = [
    object('StatefulSet apps.kruise.io/v1beta1', { template }),
    object('StatefulSet apps/v1', { template }),
  ];
  expect(read(...objects).workloads.map(line)).toEqual([
    'StatefulSet web:',
    'StatefulSet.apps.kruise.io web:',
  ]);
});

const ownedBy = (of: string, name: string) => {
  const [kind, apiVersion] = of.split(' ');
  return { ownerReferences: [{ apiVersion, kind, name, controller: true }] };
};
const pod = (name: string, more: object, carries: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { ...labels, ...carries }, ...more },
  spec: { containers: [{ name: 'web' }] },
});

test.each([
  {
    why: 'pods are those of the kind that made them, where it was read',
    objects: [
      object('CloneSet apps.kruise.io/v1alpha1', { template }),
      pod('web-a', ownedBy('CloneSet apps.kruise.io/v1alpha1', 'web')),
    ],
    workloads: ['CloneSet web: web-a'],
  },
  {
    why: 'through the ReplicaSet between them',
    objects: [
      object(ROLLOUT, { template }),
      object('ReplicaSet apps/v1', { template }, 'web-7d', ownedBy(ROLLOUT, 'web')),
      pod('web-7d-a', ownedBy('ReplicaSet apps/v1', 'web-7d'), { 'rollouts-pod-template-hash': '7d' }),
    ],
    workloads: ['Rollout web: web-7d-a'],
  },
  {
    why: 'and through a Job',
    objects: [
      object('ScaledJob keda.sh/v1alpha1', { jobTargetRef: { template } }),
      object('Job batch/v1', { template }, 'web-x', ownedBy('ScaledJob keda.sh/v1alpha1', 'web')),
      pod('web-x-a', ownedBy('Job batch/v1', 'web-x'), { 'job-name': 'web-x' }),
    ],
    workloads: ['ScaledJob web: web-x-a'],
  },
  {
    why: 'where it was not read, a ReplicaSet stands for itself',
    objects: [
      object('ReplicaSet apps/v1', { template }, 'web-7d', ownedBy(ROLLOUT, 'web')),
      pod('web-7d-a', ownedBy('ReplicaSet apps/v1', 'web-7d')),
    ],
    workloads: ['ReplicaSet web-7d: web-7d-a'],
  },
  {
    why: 'and so does a pod, whatever the name of its owner',
    objects: [
      object('StatefulSet apps/v1', { template }),
      pod('web-0', ownedBy('StatefulSet apps.kruise.io/v1beta1', 'web')),
    ],
    workloads: ['StatefulSet web:', 'Pod web-0: web-0'],
  },
  {
    why: 'owners that own each other come to an end',
    objects: [
      object(ROLLOUT, { template }, 'a', ownedBy(ROLLOUT, 'b')),
      object(ROLLOUT, { template }, 'b', ownedBy(ROLLOUT, 'a')),
      pod('a-1', ownedBy(ROLLOUT, 'a')),
    ],
    workloads: ['Rollout a: a-1', 'Rollout b:'],
  },
])('$why', ({ objects, workloads }) => {
  expect(read(...objects).workloads.map(line)).toEqual(workloads);
});

describe('one that is broken', () => {
  const yaml = (pods: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web, namespace: shop}\nspec: {template: ${pods}}\n`;

  test.each([
    {
      why: 'a number as a label',
      pods: '{metadata: {labels: {tier: 1}}, spec: {containers: [{name: w}]}}',
      says: 'spec.template.metadata.labels: must be a string',
    },
    {
      why: 'a port that is none',
      pods: '{spec: {containers: [{name: w, ports: [{containerPort: 70000}]}]}}',
      says: 'spec.template.spec.containers[0].ports[0].containerPort: must be a whole number from 1 to 65535',
    },
  ])('is told as a Deployment would be: $why', ({ pods, says }) => {
    const { cluster, problems } = readYaml(yaml(pods));
    expect(problems.map(describeManifestProblem)).toEqual([
      expect.stringContaining(`Rollout shop/web: ${says}`),
    ]);
    expect(cluster.workloads).toEqual([]);
    expect(cluster.unreadable).toMatchObject([
      { kind: 'Rollout', isWorkload: true, namespace: 'shop', name: 'web' },
    ]);
  });

  test('counts as two where two of a name differ', () => {
    const { cluster, problems } = readManifests([
      object(ROLLOUT, { template }),
      object(ROLLOUT, { template: { ...template, metadata: { labels: { app: 'db' } } } }),
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['object-conflict']);
    expect(cluster.unreadable).toMatchObject([{ kind: 'Rollout', isWorkload: true, name: 'web' }]);
  });

  test('is nothing where no template is in it', () => {
    const { problems, cluster } = readYaml(yaml('{metadata: {labels: {tier: 1}}}'));
    expect({ problems, unreadable: cluster.unreadable }).toEqual({ problems: [], unreadable: [] });
  });
});
