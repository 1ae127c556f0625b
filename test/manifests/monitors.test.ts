import { readManifests } from '../../lib/manifests/read-manifests';

const GROUP = 'monitoring.coreos.com';

const monitor = (kind: string, spec: unknown, group = GROUP) => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});

const WEB = { matchLabels: { app: 'web' } };

const read = (object: object) => {
  const { cluster, problems, skipped } = readManifests([object]);
  expect({ problems, skipped }).toEqual({ problems: [], skipped: {} });
  return cluster.monitors?.map(({ source: _, ...rest }) => rest);
};

const service = (endpoints: unknown, more: object = {}) =>
  monitor('ServiceMonitor', { selector: WEB, endpoints, ...more });

const pods = (podMetricsEndpoints: unknown) => monitor('PodMonitor', { selector: WEB, podMetricsEndpoints });

test.each(
  ['ServiceMonitor', 'PodMonitor'].flatMap((kind) =>
    [GROUP, 'azmonitoring.coreos.com'].map((group) => ({ kind, group })),
  ),
)('a $kind of $group is read', ({ kind, group }) => {
  expect(read(monitor(kind, { selector: WEB }, group))).toEqual([
    { kind, group, namespace: 'shop', name: 'web', selector: WEB, endpoints: [] },
  ]);
});

test('one of each group may have the one name', () => {
  const both = ['azmonitoring.coreos.com', GROUP].map((group) =>
    monitor('PodMonitor', { selector: WEB }, group),
  );
  const { cluster, problems } = readManifests(both);
  expect(problems).toEqual([]);
  expect(cluster.monitors?.map(({ group }) => group)).toEqual(['azmonitoring.coreos.com', GROUP]);
});

test.each([
  {
    why: 'the name of the service’s port',
    object: service([{ port: 'http' }]),
    endpoints: [{ port: 'http' }],
  },
  {
    why: 'the port of the pods by number',
    object: service([{ targetPort: 9090 }]),
    endpoints: [{ targetPort: 9090 }],
  },
  { why: 'by name', object: service([{ targetPort: 'm' }]), endpoints: [{ targetPort: 'm' }] },
  {
    why: 'the name before a target',
    object: service([{ port: 'a', targetPort: 1 }]),
    endpoints: [{ port: 'a' }],
  },
  { why: 'the name of a container’s port', object: pods([{ port: 'http' }]), endpoints: [{ port: 'http' }] },
  { why: 'its number', object: pods([{ portNumber: 81, targetPort: 'm' }]), endpoints: [{ targetPort: 81 }] },
  {
    why: 'nothing of an endpoint without a port',
    object: service([{ path: '/metrics' }, { port: '' }]),
    endpoints: [],
  },
  {
    why: 'nothing of a port that is none',
    object: service([{ targetPort: 70000 }, { port: 7 }]),
    endpoints: [],
  },
  { why: 'nothing of endpoints of the other kind', object: pods(undefined), endpoints: [] },
  {
    why: 'nothing through a proxy',
    object: service([{ port: 'a', proxyUrl: 'http://proxy' }]),
    endpoints: [],
  },
  ...['keep', 'drop', 'keepequal', 'DropEqual'].map((action) => ({
    why: `nothing of pods that ${action} may leave out`,
    object: service([{ port: 'a', relabelings: [{ action, regex: 'x' }] }]),
    endpoints: [],
  })),
  {
    why: 'nothing at an address that is written anew',
    object: pods([{ port: 'a', relabelings: [{ sourceLabels: ['x'], targetLabel: '__address__' }] }]),
    endpoints: [],
  },
  {
    why: 'what is only labelled otherwise',
    object: service([{ port: 'a', relabelings: [{ targetLabel: 'node' }, { action: 'labeldrop' }] }]),
    endpoints: [{ port: 'a' }],
  },
])('of endpoints is read: $why', ({ object, endpoints }) => {
  expect(read(object)).toMatchObject([{ endpoints }]);
  expect(read(object)?.[0]?.endpoints).toHaveLength(endpoints.length);
});

test.each([
  { why: 'its own', namespaceSelector: undefined, namespaces: undefined },
  { why: 'its own, where none is named', namespaceSelector: { matchNames: [] }, namespaces: undefined },
  { why: 'those that it names', namespaceSelector: { matchNames: ['a', 'b'] }, namespaces: ['a', 'b'] },
  { why: 'every one', namespaceSelector: { any: true, matchNames: ['a'] }, namespaces: 'any' },
])('the namespaces are $why', ({ namespaceSelector, namespaces }) => {
  expect(read(service([], { namespaceSelector }))?.[0]?.namespaces).toEqual(namespaces);
});

test('without a selector it selects nothing', () => {
  expect(read(monitor('ServiceMonitor', { endpoints: [{ port: 'a' }] }))).toBe(undefined);
});

test('the labels of a service are its own', () => {
  const metadata = { name: 'web', namespace: 'shop' };
  const [bare, labelled] = readManifests([
    { apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name: 'bare', labels: {} }, spec: {} },
    { apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, labels: { app: 'web' } }, spec: {} },
  ]).cluster.services;
  expect([bare?.labels, labelled?.labels]).toEqual([undefined, { app: 'web' }]);
});
