import { readManifests } from '../../lib/manifests/read-manifests';
import type { Workload } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';

const VERSIONS: Readonly<Record<string, string>> = { Job: 'batch/v1', ReplicationController: 'v1' };

const controller = (kind: string, name: string, labels: object, more: object = {}) => ({
  apiVersion: VERSIONS[kind] ?? 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop', ...more },
  spec: { template: { metadata: { labels }, spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
});
const pod = (name: string, labels: object, owner?: [kind: string, name: string], phase = 'Running') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels,
    ...(owner === undefined ? {} : ownedBy(...owner)),
  },
  spec: { nodeName: 'node-1' },
  status: { phase, podIP: '10.0.0.1' },
});
const ownedBy = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });

const web = { app: 'web' };
const webLive = { app: 'web', 'pod-template-hash': '7d' };

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

describe('by which labels a controller knows its pods', () => {
  const selecting = (kind: string, selector: unknown) => {
    const { spec, ...rest } = controller(kind, 'web', { app: 'web', tier: '' });
    return { ...rest, spec: { ...spec, selector } };
  };
  const selectorOf = (...objects: object[]) => {
    const { cluster, problems } = readManifests(objects);
    expect(problems).toEqual([]);
    return cluster.workloads.map(({ selector }) => selector);
  };

  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])('is kept of a %s', (kind) => {
    expect(selectorOf(selecting(kind, { matchLabels: web }))).toEqual([{ matchLabels: web }]);
  });

  test.each([
    { why: 'expressions are kept', selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
    {
      why: 'null is what the API server reads it as',
      selector: {
        matchLabels: { tier: null },
        matchExpressions: [{ key: 'tier', operator: 'In', values: [null] }],
      },
      kept: { matchLabels: { tier: '' }, matchExpressions: [{ key: 'tier', operator: 'In', values: [''] }] },
    },
    { why: 'none is left out', selector: undefined, kept: undefined },
    { why: 'null is none', selector: null, kept: undefined },
    { why: 'what is no selector is left out', selector: ['app'], kept: undefined },
    { why: 'so are labels that stand in no matchLabels', selector: web, kept: undefined },
    {
      why: 'one with an operator that there is not is left out',
      selector: { matchExpressions: [{ key: 'app', operator: 'Is' }] },
      kept: undefined,
    },
    { why: 'one of every pod is left out, which the API server refuses', selector: {}, kept: undefined },
    {
      why: 'one that misses the template is left out, which it refuses, too',
      selector: { matchLabels: { app: 'api' } },
      kept: undefined,
    },
  ])('$why', ({ selector, ...rest }) => {
    const kept = 'kept' in rest ? rest.kept : selector;
    expect(selectorOf(selecting('Deployment', selector))).toEqual([kept]);
  });

  test.each([
    { why: 'is written as plain labels', selector: web, kept: web },
    { why: 'is that of its pods where none is written', selector: undefined, kept: { app: 'web', tier: '' } },
    { why: 'is that of its pods where it is empty', selector: {}, kept: { app: 'web', tier: '' } },
    { why: 'is none where it misses them', selector: { app: 'api' }, kept: undefined },
  ])('of a ReplicationController $why', ({ selector, kept }) => {
    const matchLabels = kept && { matchLabels: kept };
    expect(selectorOf(selecting('ReplicationController', selector))).toEqual([matchLabels]);
  });

  test('is that of a Deployment, not of the ReplicaSets that it made', () => {
    const made = selecting('ReplicaSet', { matchLabels: web });
    const ofDeployment = { ...made, metadata: { ...made.metadata, ...ownedBy('Deployment', 'web') } };
    expect(selectorOf(selecting('Deployment', { matchLabels: { tier: '' } }), ofDeployment)).toEqual([
      { matchLabels: { tier: '' } },
    ]);
    expect(selectorOf(ofDeployment)).toEqual([undefined]);
  });

  test('is not that of a pod whose labels differ', () => {
    const objects = [
      selecting('StatefulSet', { matchLabels: web }),
      pod('web-0', web, ['StatefulSet', 'web']),
    ];
    expect(selectorOf(...objects)).toEqual([{ matchLabels: web }, undefined]);
  });

  test('is not read where a CronJob has its schedule', () => {
    const { spec, ...rest } = controller('CronJob', 'web', web);
    const cronJob = {
      ...rest,
      apiVersion: 'batch/v1',
      spec: { selector: { matchLabels: web }, jobTemplate: { spec } },
    };
    expect(selectorOf(cronJob)).toEqual([undefined]);
  });
});

test('a completed pod keeps its phase, a pod its node and addresses', () => {
  const { cluster } = readManifests([pod('a', {}, undefined, 'Succeeded')]);
  expect(cluster.workloads[0]?.pods).toEqual([
    { name: 'a', addresses: ['10.0.0.1'], node: 'node-1', phase: 'Succeeded' },
  ]);
});

test('the ports of containers and of sidecars are those of the workload; of init containers that end, names are kept', () => {
  const { cluster } = readManifests([
    {
      ...pod('a', {}),
      spec: {
        hostNetwork: true,
        serviceAccountName: 'shop',
        containers: [{ ports: [{ containerPort: 53, protocol: 'UDP', name: 'dns' }] }],
        initContainers: [
          { restartPolicy: 'Always', ports: [{ containerPort: 15090 }] },
          { ports: [{ containerPort: 1 }, { containerPort: 2, name: 'setup' }] },
        ],
      },
    },
  ]);
  expect(cluster.workloads[0]).toMatchObject({
    hostNetwork: true,
    serviceAccount: 'shop',
    ports: [
      { port: 53, protocol: 'UDP', name: 'dns' },
      { port: 15090, protocol: 'TCP', ofSidecar: true },
    ],
    initPorts: [{ port: 2, protocol: 'TCP', name: 'setup' }],
  });
});

test('a pod keeps its named ports where they are not those of its controller', () => {
  const port = (containerPort: number, name?: string) => ({ containerPort, name });
  const live = (name: string, ...ports: object[]) => {
    const { spec, ...rest } = pod(name, webLive, ['ReplicaSet', 'web-7d']);
    return { ...rest, spec: { ...spec, containers: [{ ports }] } };
  };
  const { cluster } = readManifests([
    live('web-7d-a', port(8080, 'http'), port(9090, 'metrics')),
    live('web-7d-b', port(9090, 'metrics'), port(8080, 'http'), port(5000)),
    live('web-7d-c', port(9090, 'metrics'), port(8081, 'http')),
    live('web-7d-d', port(9090, 'metrics'), port(8080, 'http'), port(15090, 'envoy')),
  ]);
  expect(cluster.workloads[0]?.pods.map(({ name, ports }) => [name, ports?.length])).toEqual([
    ['web-7d-a', undefined],
    ['web-7d-b', undefined],
    ['web-7d-c', 2],
    ['web-7d-d', 3],
  ]);
});

test('where one name stands twice its order counts, and so does who gives it', () => {
  const port = (containerPort: number) => ({ containerPort, name: 'http' });
  const live = (name: string, ports: object[], init: object = {}) => {
    const { spec, ...rest } = pod(name, webLive, ['ReplicaSet', 'web-7d']);
    return {
      ...rest,
      spec: { ...spec, containers: ports.map((each) => ({ ports: [each] })), initContainers: [init] },
    };
  };
  const { cluster } = readManifests([
    live('web-7d-a', [port(80), port(81)]),
    live('web-7d-b', [port(81), port(80)]),
    live('web-7d-c', [port(80)], { restartPolicy: 'Always', ports: [port(81)] }),
    live('web-7d-d', [port(80), port(81)], { ports: [port(82)] }),
  ]);
  expect(
    cluster.workloads[0]?.pods.map(({ name, ports, initPorts }) => [name, ports?.length, initPorts?.length]),
  ).toEqual([
    ['web-7d-a', undefined, undefined],
    ['web-7d-b', 2, undefined],
    ['web-7d-c', 2, undefined],
    ['web-7d-d', 2, 1],
  ]);
});

test('namespaces are those declared and those that objects stand in', () => {
  const { cluster } = readManifests([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'zoo', labels: { team: 'zoo' } } },
    pod('a', {}),
  ]);
  expect(cluster.namespaces).toEqual([
    { name: 'shop', labels: {}, declared: false },
    { name: 'zoo', labels: { team: 'zoo' }, declared: true, source: {} },
  ]);
});

test('services, ingresses and nodes are read with what traffic depends on', () => {
  const { cluster, problems } = readManifests([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        selector: web,
        externalTrafficPolicy: 'Local',
        ports: [
          { port: 80, targetPort: 'http', nodePort: 30080 },
          { port: 81, targetPort: 0, nodePort: 0 },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'shop.example',
            http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1', labels: { pool: 'a' } },
      spec: { podCIDR: '10.244.0.0/24' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '10.240.0.4' },
          { type: 'Hostname', address: 'node-1' },
        ],
      },
    },
  ]);
  expect(problems).toEqual([]);
  expect(cluster.services).toEqual([
    {
      namespace: 'shop',
      name: 'web',
      type: 'LoadBalancer',
      selector: web,
      ports: [
        { port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30080 },
        { port: 81, protocol: 'TCP' },
      ],
      addresses: ['10.96.0.1', '203.0.113.7'],
      clusterIps: ['10.96.0.1'],
      externalTrafficPolicy: 'Local',
      source: {},
    },
  ]);
  expect(cluster.ingresses).toEqual([
    {
      namespace: 'shop',
      name: 'web',
      ingressClass: 'nginx',
      backends: [{ service: 'web', port: 80, host: 'shop.example', path: '/' }],
      source: {},
    },
  ]);
  expect(cluster.nodes).toEqual([
    {
      name: 'node-1',
      labels: { pool: 'a' },
      addresses: ['10.240.0.4'],
      podCidrs: ['10.244.0.0/24'],
      source: {},
    },
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
