import { MAKER_KINDS } from '../../lib/manifests/maker-kinds';
import { readManifests } from '../../lib/manifests/read-manifests';
import { isForeignGroup } from '../../lib/model/object-kinds';

/** @param of kind and version, such as `Prometheus monitoring.coreos.com/v1` */
function object(of: string, spec?: unknown, metadata: object = { name: 'main', namespace: 'apps' }) {
  const [kind, apiVersion] = of.split(' ');
  return { apiVersion, kind, metadata, spec };
}

function makersOf(...objects: object[]) {
  const { cluster, problems } = readManifests(objects);
  expect({ problems, workloads: cluster.workloads, unreadable: cluster.unreadable }).toEqual({
    problems: [],
    workloads: [],
    unreadable: [],
  });
  return cluster.makers?.map(({ source: _, ...rest }) => rest);
}

const PROMETHEUS = 'Prometheus monitoring.coreos.com/v1';
const APPLICATION = 'Application argoproj.io/v1alpha1';
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web' }] } };

test.each([
  {
    why: 'a Prometheus names its pods',
    of: PROMETHEUS,
    podNamespace: 'apps',
    podLabels: {
      'app.kubernetes.io/name': 'prometheus',
      'app.kubernetes.io/instance': 'main',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      prometheus: 'main',
    },
  },
  {
    why: 'and tells more of their labels, which do not take the place of its own',
    of: PROMETHEUS,
    spec: { podMetadata: { labels: { team: 'ops', prometheus: 'other' } } },
    podNamespace: 'apps',
    podLabels: expect.objectContaining({ team: 'ops', prometheus: 'main' }),
  },
  {
    why: 'labels that are none read as left out',
    of: 'ThanosRuler monitoring.coreos.com/v1',
    spec: { podMetadata: { labels: { team: 1 } } },
    podNamespace: 'apps',
    podLabels: {},
  },
  {
    why: 'of some kinds only the namespace is known, although they have a template',
    of: 'Service serving.knative.dev/v1',
    kind: 'Service.serving.knative.dev',
    spec: { template },
    podNamespace: 'apps',
    podLabels: {},
  },
  {
    why: 'an Application tells another namespace',
    of: APPLICATION,
    spec: { destination: { namespace: 'shop' } },
    podNamespace: 'shop',
    podLabels: {},
  },
  { why: 'or none', of: APPLICATION, spec: { destination: { server: 'x' } }, podLabels: {} },
  {
    why: 'or one that is filled in elsewhere',
    of: APPLICATION,
    spec: { destination: { namespace: '{{ns}}' } },
    podLabels: {},
  },
  { why: 'or what is no text', of: APPLICATION, spec: { destination: { namespace: 1 } }, podLabels: {} },
  { why: 'or nothing at all', of: APPLICATION, spec: 'none', podLabels: {} },
  {
    why: 'so does a HelmRelease',
    of: 'HelmRelease helm.toolkit.fluxcd.io/v2',
    spec: { targetNamespace: 'shop' },
    podNamespace: 'shop',
    podLabels: {},
  },
])('$why', ({ of, kind = of.split(' ')[0], spec, podNamespace, podLabels }) => {
  const place = podNamespace === undefined ? {} : { podNamespace };
  expect(makersOf(object(of, spec))).toEqual([
    { kind, namespace: 'apps', name: 'main', ...place, podLabels },
  ]);
});

test.each([
  { why: 'the same kind of another group', objects: [object('Prometheus example.com/v1')] },
  { why: 'a Service', objects: [object('Service v1', { ports: [] })] },
  { why: 'one without a name', objects: [object(PROMETHEUS, {}, { namespace: 'apps' })] },
])('$why is none', ({ objects }) => {
  expect(makersOf(...objects)).toBeUndefined();
});

test('the labels that come of a name are not known while it is not', () => {
  expect(makersOf(object(PROMETHEUS, {}, { generateName: 'main-', namespace: 'apps' }))).toMatchObject([
    { name: 'main-?', podLabels: {} },
  ]);
});

test('they stand in the order of their names, and what two of a name tell is kept', () => {
  const named = (of: string, name: string, spec = {}) => object(of, spec, { name });
  const makers = makersOf(
    named(PROMETHEUS, 'b'),
    named(PROMETHEUS, 'a'),
    named(PROMETHEUS, 'b', { replicas: 2 }),
    named(APPLICATION, 'b', { destination: { namespace: 'test' } }),
    named(APPLICATION, 'b', { destination: { namespace: 'prod' } }),
    named('Alertmanager monitoring.coreos.com/v1', 'b'),
  );
  expect(
    makers?.map(({ kind, namespace, name, podNamespace }) => `${kind} ${namespace}/${name}: ${podNamespace}`),
  ).toEqual([
    'Prometheus default/a: default',
    'Alertmanager default/b: default',
    'Application default/b: test',
    'Application default/b: prod',
    'Prometheus default/b: default',
  ]);
});

test('each is passed over besides, and counted', () => {
  expect(readManifests([object(PROMETHEUS)]).skipped).toEqual({ 'Prometheus.monitoring.coreos.com': 1 });
});

test('what is wrong with its text is told, and no more is unknown', () => {
  const text = `apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: main, namespace: apps}\nspec: {a: 1, a: 2}\n`;
  const { cluster, problems } = readManifests([{ file: 'a.yaml', text }]);
  expect(problems.map(({ code }) => code)).toEqual(['key-duplicate']);
  expect(cluster.unreadable).toEqual([]);
  expect(cluster.makers).toMatchObject([{ name: 'main', source: { file: 'a.yaml', line: 1 } }]);
});

test('each kind stands in the table once, and is none of Kubernetes itself', () => {
  const names = MAKER_KINDS.map(({ kind, group }) => `${kind}.${group}`);
  expect(names).toEqual([...new Set(names)]);
  expect(MAKER_KINDS.filter(({ group }) => !isForeignGroup(`${group}/v1`))).toEqual([]);
  expect(MAKER_KINDS.filter(({ source }) => source === '')).toEqual([]);
});

describe('an object that keeps pod templates at places that are not known', () => {
  const tasks = { tasks: [{ name: 'worker', template }] };

  test.each([
    { why: 'in a list', of: 'Job batch.volcano.sh/v1alpha1', spec: tasks, kind: 'Job.batch.volcano.sh' },
    {
      why: 'by role',
      of: 'PyTorchJob kubeflow.org/v1',
      spec: { pytorchReplicaSpecs: { Worker: { template } } },
      kind: 'PyTorchJob',
    },
    {
      why: 'under a name of its own',
      of: 'Runner ci.example.com/v1',
      spec: { a: { workerTemplate: template } },
      kind: 'Runner',
    },
  ])('may make pods of its namespace: $why', ({ of, spec, kind }) => {
    expect(makersOf(object(of, spec))).toEqual([
      { kind, namespace: 'apps', name: 'main', podNamespace: 'apps', podLabels: {} },
    ]);
  });

  test.each([
    {
      why: 'a template without containers',
      of: 'Job batch.volcano.sh/v1alpha1',
      spec: { tasks: [{ template: { spec: {} } }] },
    },
    { why: 'containers outside of a template', of: 'Runner ci.example.com/v1', spec: { a: template } },
    { why: 'a kind named after templates', of: 'SandboxTemplate example.com/v1', spec: tasks },
    {
      why: 'a policy about templates',
      of: 'ClusterPolicy kyverno.io/v1',
      spec: { rules: [{ mutate: { template } }] },
    },
    { why: 'a definition', of: 'ComponentDefinition core.oam.dev/v1beta1', spec: tasks },
    {
      why: 'deeper than any object stands',
      of: 'Runner ci.example.com/v1',
      spec: JSON.parse(`${'{"a":'.repeat(12)}${JSON.stringify(tasks)}${'}'.repeat(12)}`),
    },
  ])('makes none: $why', ({ of, spec }) => {
    expect(makersOf(object(of, spec))).toBeUndefined();
  });
});
