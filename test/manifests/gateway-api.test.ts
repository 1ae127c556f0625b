import { readManifests } from '../../lib/manifests/read-manifests';
import { callersOf } from './read-callers';

const GROUP = 'gateway.networking.k8s.io';

const route = (kind: string, version: string, spec: object) => ({
  apiVersion: `${GROUP}/${version}`,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { parentRefs: [{ name: 'front', namespace: 'edge' }], ...spec },
});

const TO_WEB = { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] };

test.each([
  ['HTTPRoute', ['v1', 'v1beta1']],
  ['GRPCRoute', ['v1', 'v1alpha2']],
  ['TLSRoute', ['v1', 'v1alpha3', 'v1alpha2']],
  ['TCPRoute', ['v1', 'v1alpha2']],
] as const)('%s is read in each of its versions', (kind, versions) => {
  for (const version of versions) {
    const object = route(kind, version, TO_WEB);
    expect(callersOf(object)).toEqual(['shop/web: edge/front -> shop/web:80']);
    expect(readManifests([object]).cluster.routes?.map((each) => each.kind)).toEqual([kind]);
  }
});

test('a route of each kind may have the one name', () => {
  const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];
  const { cluster, problems } = readManifests(kinds.map((kind) => route(kind, 'v1', TO_WEB)));
  expect(problems).toEqual([]);
  expect(cluster.routes?.map(({ kind }) => kind)).toEqual([...kinds].sort());
});

test('a UDPRoute is another thing', () => {
  expect(readManifests([route('UDPRoute', 'v1alpha2', TO_WEB)]).skipped).toEqual({
    [`UDPRoute.${GROUP}`]: 1,
  });
});

test.each([
  {
    why: 'a backend of another namespace',
    rules: [{ backendRefs: [{ name: 'web', namespace: 'lab', port: 80 }] }],
    backends: ['lab/web:80'],
  },
  {
    why: 'of a release in two colours, that one gets nothing for now',
    rules: [
      {
        backendRefs: [
          { name: 'blue', port: 80, weight: 0 },
          { name: 'green', port: 80, weight: 1 },
          { name: 'grey', port: 80 },
        ],
      },
    ],
    backends: ['shop/blue:80 idle', 'shop/green:80', 'shop/grey:80'],
  },
])('reads $why', ({ rules, backends }) => {
  const { cluster } = readManifests([route('GRPCRoute', 'v1', { rules })]);
  const [read] = cluster.routes ?? [];
  expect(
    read?.backends.map(
      ({ namespace, name, port, isIdle }) => `${namespace}/${name}:${port}${isIdle === true ? ' idle' : ''}`,
    ),
  ).toEqual(backends);
});

test.each([
  {
    why: 'a listener and a port that are meant alone',
    parent: { sectionName: 'grpc', port: 443 },
    read: { listener: 'grpc', port: 443 },
  },
  { why: 'neither', parent: {}, read: {} },
  { why: 'a port that is none', parent: { port: '443' }, read: {} },
])('of a parent is read: $why', ({ parent, read }) => {
  const parentRefs = [{ name: 'front', ...parent }];
  const { cluster } = readManifests([route('TLSRoute', 'v1', { parentRefs, hostnames: ['a.example.com'] })]);
  expect(cluster.routes).toMatchObject([{ hosts: ['a.example.com'] }]);
  expect(cluster.routes?.[0]?.gateways).toEqual([{ namespace: 'shop', name: 'front', ...read }]);
});

const HTTP = { name: 'http', port: 80, protocol: 'HTTP' };

test.each([
  {
    why: 'routes of its own namespace, where it says nothing',
    listener: HTTP,
    read: [{ ...HTTP, takesFrom: 'Same' }],
  },
  {
    why: 'routes of every namespace, of some kinds, for a host',
    listener: {
      ...HTTP,
      hostname: '*.example.com',
      allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] },
    },
    read: [{ ...HTTP, host: '*.example.com', kinds: ['GRPCRoute'], takesFrom: 'All' }],
  },
  {
    why: 'routes of namespaces with labels',
    listener: {
      ...HTTP,
      allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } },
    },
    read: [{ ...HTTP, takesFrom: { matchLabels: { team: 'shop' } } }],
  },
  {
    why: 'no route, where the labels are not told',
    listener: { ...HTTP, allowedRoutes: { namespaces: { from: 'Selector' } } },
    read: [{ ...HTTP, takesFrom: 'None' }],
  },
  {
    why: 'no route, where it says a word that is none',
    listener: { ...HTTP, allowedRoutes: { namespaces: { from: 'Some' } } },
    read: [{ ...HTTP, takesFrom: 'None' }],
  },
  { why: 'nothing of a listener without a port', listener: { name: 'http', protocol: 'HTTP' }, read: [] },
  { why: 'nothing of a listener that is a text', listener: 'http', read: [] },
])('a listener takes $why', ({ listener, read }) => {
  const { cluster, problems } = readManifests([
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'Gateway',
      metadata: { name: 'front', namespace: 'edge' },
      spec: { gatewayClassName: 'istio', listeners: [listener] },
    },
  ]);
  expect(problems).toEqual([]);
  expect(cluster.gateways?.[0]?.listeners).toEqual(read);
});
