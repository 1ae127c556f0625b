import { readManifests } from '../../lib/manifests/read-manifests';
import { placesOfProblems } from './read';
import { callersOf } from './read-callers';

const WEBHOOKS = 'admissionregistration.k8s.io/v1';
const GATEWAYS = 'gateway.networking.k8s.io/v1';
const configuration = (webhooks: unknown, kind = 'ValidatingWebhookConfiguration') => ({
  apiVersion: WEBHOOKS,
  kind,
  metadata: { name: 'checks' },
  webhooks,
});
const webhook = (clientConfig: unknown, name: unknown = 'a.example.com') => ({ name, clientConfig });
const route = (spec: unknown, apiVersion = GATEWAYS) => ({
  apiVersion,
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const ISTIO = 'networking.istio.io';
const istioGateway = (spec: unknown, version = 'v1') => ({
  ...gateway(spec),
  apiVersion: `${ISTIO}/${version}`,
});
const virtualService = (spec: unknown, version = 'v1') => ({
  apiVersion: `${ISTIO}/${version}`,
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
/** One rule of a gateway's, and what is sent to. */
const sending = (host: unknown, more: object = {}, match?: unknown) =>
  virtualService({ gateways: ['front'], http: [{ match, route: [{ destination: { host, ...more } }] }] });
const gateway = (spec: unknown) => ({
  apiVersion: GATEWAYS,
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec,
});

test.each([
  {
    why: 'webhooks by service, on 443 unless they say otherwise',
    object: configuration([
      webhook({ service: { namespace: 'shop', name: 'checks' } }),
      webhook({ service: { namespace: 'shop', name: 'checks', port: 8443, path: '/x' } }, 'b.example.com'),
    ]),
    read: [
      'ValidatingWebhookConfiguration checks a.example.com: shop/checks:443',
      'ValidatingWebhookConfiguration checks b.example.com: shop/checks:8443',
    ],
  },
  {
    why: 'mutating ones',
    object: configuration(
      [webhook({ service: { namespace: 'shop', name: 'checks' } })],
      'MutatingWebhookConfiguration',
    ),
    read: ['MutatingWebhookConfiguration checks a.example.com: shop/checks:443'],
  },
  {
    why: 'webhooks by url call nothing in the cluster',
    object: configuration([webhook({ url: 'https://x' })]),
    read: [],
  },
  { why: 'a configuration without webhooks', object: configuration(undefined), read: [] },
  {
    why: 'gateways',
    object: gateway({ gatewayClassName: 'istio', listeners: [] }),
    read: ['edge/front: istio'],
  },
  { why: 'a gateway without a class', object: gateway({}), read: ['edge/front: undefined'] },
  {
    why: 'routes, whose ends stand in their own namespace unless they say otherwise',
    object: route({
      parentRefs: [
        { name: 'front' },
        { name: 'front', namespace: 'edge' },
        { kind: 'Service', name: 'mesh' },
      ],
      rules: [
        {
          backendRefs: [
            { name: 'web', port: 80 },
            { name: 'web', namespace: 'lab', port: 81 },
          ],
        },
        { backendRefs: [{ kind: 'ServiceImport', name: 'far', port: 80 }] },
      ],
    }),
    read: ['shop/web: shop/front,edge/front -> shop/web:80,lab/web:81'],
  },
  {
    why: 'routes of the version before',
    object: route({ parentRefs: [{ name: 'front' }] }, `${GATEWAYS}beta1`),
    read: ['shop/web: shop/front -> '],
  },
  ...['v1', 'v1beta1', 'v1alpha3'].flatMap((version) => [
    {
      why: `gateways of Istio, ${version}`,
      object: istioGateway({ selector: { istio: 'front' }, servers: [] }, version),
      read: ['edge/front: {"istio":"front"}'],
    },
    {
      why: `virtual services, ${version}, by protocol`,
      object: virtualService(
        {
          gateways: ['front', './front', 'edge/front', 'mesh'],
          tcp: [{ route: [{ destination: { host: 'db', port: { number: 5432 } } }] }],
          tls: [{ route: [{ destination: { host: 'pay', port: { number: 443 } } }] }],
          http: [{ route: [{ destination: { host: 'web' } }] }],
        },
        version,
      ),
      read: [
        'shop/web: shop/front,shop/front,edge/front -> shop/web:undefined',
        'shop/web: shop/front,shop/front,edge/front -> shop/pay:443',
        'shop/web: shop/front,shop/front,edge/front -> shop/db:5432',
      ],
    },
  ]),
  {
    why: 'a service of another namespace by its full name',
    object: sending('web.lab.svc.cluster.local', { port: { number: 80 } }),
    read: ['shop/web: shop/front -> lab/web:80'],
  },
  {
    why: 'a subset of a service',
    object: sending('web', { subset: 'v2' }),
    read: ['shop/web: shop/front -> some of shop/web:undefined'],
  },
  {
    why: 'for whom a virtual service is',
    object: virtualService({
      exportTo: ['.', 'edge'],
      gateways: ['front'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
    }),
    read: ['shop/web for shop,edge: shop/front -> shop/web:undefined'],
  },
  {
    why: 'one for everybody',
    object: virtualService({
      exportTo: ['.', '*'],
      gateways: ['front'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
    }),
    read: ['shop/web: shop/front -> shop/web:undefined'],
  },
  {
    why: 'only those of several destinations that get something',
    object: virtualService({
      gateways: ['front'],
      http: [
        {
          route: [
            { destination: { host: 'web' }, weight: 100 },
            { destination: { host: 'new' }, weight: 0 },
            { destination: { host: 'old' } },
          ],
        },
        { route: [{ destination: { host: 'alone' }, weight: 0 }] },
      ],
    }),
    read: ['shop/web: shop/front -> shop/web:undefined', 'shop/web: shop/front -> shop/alone:undefined'],
  },
  {
    why: 'only the gateways that a match names',
    object: virtualService({
      gateways: ['mesh', 'front', 'edge/front'],
      http: [
        {
          match: [{ gateways: ['mesh'] }, { gateways: ['edge/front'], sourceLabels: { app: 'web' } }],
          route: [{ destination: { host: 'web' } }],
        },
      ],
    }),
    read: ['shop/web: edge/front -> shop/web:undefined'],
  },
  {
    why: 'a match that says nothing of gateways',
    object: sending('web', {}, [{ uri: { prefix: '/' } }]),
    read: ['shop/web: shop/front -> shop/web:undefined'],
  },
  { why: 'nothing of a match for the mesh', object: sending('web', {}, [{ gateways: ['mesh'] }]), read: [] },
  {
    why: 'nothing of a match for clients by label or namespace, which are inside the mesh',
    object: sending('web', {}, [{ sourceLabels: { app: 'web' } }, { sourceNamespace: 'lab' }]),
    read: [],
  },
  {
    why: 'nothing of a virtual service for the mesh, which is every one without gateways',
    object: virtualService({ http: [{ route: [{ destination: { host: 'web' } }] }] }),
    read: [],
  },
  {
    why: 'nothing of one that names the mesh',
    object: virtualService({ gateways: ['mesh'], http: [{ route: [{ destination: { host: 'web' } }] }] }),
    read: [],
  },
  // Istio completes none of these.
  ...['web.lab', 'web.lab.svc', 'example.com', '10.0.0.1', '', 'web.lab.svc.example.com'].map((host) => ({
    why: `no service in the host ${JSON.stringify(host)}`,
    object: sending(host),
    read: [],
  })),
])('reads $why', ({ object, read }) => {
  expect(callersOf(object)).toEqual(read);
});

/** No verdict depends on these, so they are no problem: the other fields, and the other objects, are read. */
test.each([
  { why: 'webhooks that are no list', object: configuration('all'), read: [] },
  { why: 'a webhook that is no object', object: configuration([1, null]), read: [] },
  {
    why: 'a webhook without a name',
    object: configuration([{ clientConfig: { service: { namespace: 'a', name: 'b' } } }]),
    read: [],
  },
  {
    why: 'a name that is no text',
    object: configuration([webhook({ service: { namespace: 'a', name: 'b' } }, 7)]),
    read: [],
  },
  { why: 'a service that is a text', object: configuration([webhook({ service: 'shop/checks' })]), read: [] },
  {
    why: 'a service without a namespace',
    object: configuration([webhook({ service: { name: 'b' } })]),
    read: [],
  },
  {
    why: 'a port out of range, for which the default stands',
    object: configuration([webhook({ service: { namespace: 'a', name: 'b', port: 70000 } })]),
    read: ['ValidatingWebhookConfiguration checks a.example.com: a/b:443'],
  },
  {
    why: 'a class that is no text',
    object: gateway({ gatewayClassName: ['istio'] }),
    read: ['edge/front: undefined'],
  },
  { why: 'a spec that is no object', object: gateway('istio'), read: ['edge/front: undefined'] },
  {
    why: 'ends that are no lists',
    object: route({ parentRefs: 'front', rules: { backendRefs: [] } }),
    read: ['shop/web:  -> '],
  },
  {
    why: 'a backend without a port',
    object: route({ rules: [{ backendRefs: [{ name: 'web' }, null, { name: 'web', port: 'http' }] }] }),
    read: ['shop/web:  -> '],
  },
  {
    why: 'a selector of Istio that is no object',
    object: istioGateway({ selector: 'istio' }),
    read: ['edge/front: {}'],
  },
  {
    why: 'a label that is no text',
    object: istioGateway({ selector: { istio: 7 } }),
    read: ['edge/front: {}'],
  },
  { why: 'gateways that are a text', object: virtualService({ gateways: 'front', http: [] }), read: [] },
  {
    why: 'rules that are no list',
    object: virtualService({ gateways: ['front'], http: { route: [] }, tcp: [null, { route: 'web' }] }),
    read: [],
  },
  { why: 'a host that is no text', object: sending(7), read: [] },
  {
    why: 'a port by name',
    object: sending('web', { port: { number: 'http' } }),
    read: ['shop/web: shop/front -> shop/web:undefined'],
  },
  {
    why: 'a port that is no object',
    object: sending('web', { port: 80 }),
    read: ['shop/web: shop/front -> shop/web:undefined'],
  },
])('passes over $why', ({ object, read }) => {
  expect(callersOf(object)).toEqual(read);
});

test.each([{ toString: 1 }, ['networking.istio.io/v1'], 1])(
  'a Gateway whose apiVersion is %j is another thing, and counted',
  (apiVersion) => {
    const { cluster, problems, skipped } = readManifests([
      { apiVersion, kind: 'Gateway', metadata: { name: 'a' } },
    ]);
    expect(problems).toEqual([]);
    expect(skipped).toEqual({ Gateway: 1 });
    expect([cluster.gateways, cluster.istioGateways]).toEqual([undefined, undefined]);
  },
);

test.each([
  { kind: 'ValidatingWebhookConfiguration', apiVersion: 'admissionregistration.k8s.io/v1beta1' },
  { kind: 'Gateway', apiVersion: 'networking.istio.io/v1alpha1' },
  { kind: 'VirtualService', apiVersion: 'networking.istio.io/v2' },
  { kind: 'VirtualService', apiVersion: 'networking.example.com/v1' },
  { kind: 'HTTPRoute', apiVersion: 'gateway.networking.k8s.io/v1alpha2' },
])('$kind of $apiVersion is another thing, and counted', ({ kind, apiVersion }) => {
  const { cluster, problems, skipped } = readManifests([{ apiVersion, kind, metadata: { name: 'a' } }]);
  expect(problems).toEqual([]);
  expect(skipped).toEqual({ [`${kind}.${apiVersion.split('/')[0]}`]: 1 });
  expect([
    cluster.apiServerCalls,
    cluster.gateways,
    cluster.routes,
    cluster.istioGateways,
    cluster.virtualServices,
  ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a Gateway of Istio and one of the Gateway API may have one name', () => {
  expect(callersOf(gateway({ gatewayClassName: 'istio' }), istioGateway({}))).toEqual([
    'edge/front: istio',
    'edge/front: {}',
  ]);
});

test.each([
  {
    why: 'a caller without a name',
    text: `apiVersion: ${GATEWAYS}\nkind: Gateway\nspec: {}\n`,
    says: '1:1 metadata.name',
  },
  {
    why: 'a route whose namespace is no text',
    text: `apiVersion: ${GATEWAYS}\nkind: HTTPRoute\nmetadata: {name: web, namespace: 5}\n`,
    says: '3:34 metadata.namespace',
  },
  {
    why: 'two configurations of one name that differ',
    text: [[], [webhook({ url: 'https://x' })]]
      .map((each) => JSON.stringify(configuration(each)))
      .join('\n---\n'),
    says: '3:1 the object',
  },
  {
    why: 'two gateways of Istio of one name that differ, whatever their versions',
    text: [istioGateway({ selector: { istio: 'a' } }), istioGateway({ selector: { istio: 'a' } }, 'v1beta1')]
      .map((each) => JSON.stringify(each))
      .join('\n---\n'),
    says: '3:1 the object',
  },
])('reports $why', ({ text, says }) => {
  expect(placesOfProblems(text)).toEqual([says]);
});
