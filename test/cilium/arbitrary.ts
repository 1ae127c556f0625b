import fc from 'fast-check';
import { defined } from '../../lib/model/defined';

/** Policies of all three kinds in a small cluster, drawn so that they meet and with the corners of Cilium's syntax. */

export const NAMESPACES = [
  { name: 'x', labels: { team: 'p' } },
  { name: 'y', labels: {} },
] as const;

const PORTS = [{ name: 'http', protocol: 'TCP', port: 80 }] as const;

export const PODS = [
  {
    namespace: 'x',
    name: 'a',
    labels: { app: 'a' },
    serviceAccount: 'robot',
    ports: PORTS,
    ip: '10.244.0.10',
  },
  {
    namespace: 'x',
    name: 'b',
    labels: { app: 'b', tier: 'front', 'pod-template-hash': 'h' },
    serviceAccount: 'default',
    ports: [],
    ip: '10.244.0.11',
  },
  {
    namespace: 'y',
    name: 'a',
    labels: { app: 'a', tier: 'back' },
    serviceAccount: 'robot',
    ports: [{ ...PORTS[0], port: 81 }],
    ip: '10.244.0.12',
  },
  { namespace: 'y', name: 'c', labels: {}, serviceAccount: 'c', ports: [], ip: '10.244.0.13' },
] as const;

export const SERVICES = [
  { namespace: 'x', name: 'front', selector: { tier: 'front' }, labels: { kind: 'web' } },
  { namespace: 'y', name: 'a', selector: { app: 'a' }, labels: { kind: 'web' } },
  { namespace: 'y', name: 'manual', addresses: ['203.0.113.7'], labels: {} },
] as const;

export const GROUPS = [
  { name: 'partners', cidrs: ['203.0.113.0/24', '198.51.100.0/24'] },
  { name: 'wide', cidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
  { name: 'narrow', cidrs: ['203.0.113.7/32', '10.244.0.11/32'] },
  { name: 'empty', cidrs: [] },
] as const;

const any = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(each: fc.Arbitrary<T>, min = 0, max = 2) =>
  fc.array(each, { minLength: min, maxLength: max });

const key = any(
  'app',
  'k8s:app',
  'any:tier',
  'tier',
  'pod-template-hash',
  'io.cilium.k8s.policy.serviceaccount',
  'k8s:io.cilium.k8s.policy.serviceaccount',
);
const placeKey = any(
  'k8s:io.kubernetes.pod.namespace',
  'io.kubernetes.pod.namespace',
  'k8s:io.cilium.k8s.namespace.labels.team',
  'io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name',
);
const requirement = (keys: fc.Arbitrary<string>, values: readonly string[]) =>
  fc.oneof(
    fc.record({
      key: keys,
      operator: any('In', 'NotIn'),
      values: fc.uniqueArray(any(...values), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ key: keys, operator: any('Exists', 'DoesNotExist') }),
  );
const VALUES = ['a', 'b', 'front', 'h', 'robot'];
const PLACES = ['x', 'y', 'p'];

const selector = fc
  .record({
    labels: fc.dictionary(key, any(...VALUES), { maxKeys: 1 }),
    expressions: some(requirement(key, VALUES), 0, 1),
    places: fc.option(
      fc.oneof(
        fc.record({ key: placeKey, operator: any('In'), values: fc.tuple(any(...PLACES)) }),
        requirement(placeKey, PLACES),
      ),
      {
        nil: undefined,
        freq: 2,
      },
    ),
  })
  .map(({ labels, expressions, places }) => {
    const all = places === undefined ? expressions : [...expressions, places];
    return {
      ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labels }),
      ...(all.length === 0 ? {} : { matchExpressions: all }),
    };
  });
const subject = fc
  .record({
    labels: fc.dictionary(key, any(...VALUES), { maxKeys: 1 }),
    expressions: some(requirement(key, VALUES), 0, 1),
  })
  .map(({ labels, expressions }) => ({
    ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labels }),
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
  }));

const entity = any(
  'all',
  'world',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'init',
  'health',
  'ingress',
  'none',
  'unmanaged',
);
const CIDRS = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.244.0.11/32',
  '203.0.113.0/24',
  '203.0.113.7/32',
  '20.50.1.2/32',
  '10.224.0.0/16',
  '203.0.113.9/24',
];
const cidrSet = fc.record({
  cidr: any('0.0.0.0/0', '203.0.113.0/24'),
  except: some(any('203.0.113.7/32', '203.0.113.0/24', '0.0.0.0/0'), 0, 1),
});
const groupSet = fc.record({
  cidrGroupRef: any('partners', 'wide', 'narrow', 'empty', 'ghost'),
  except: some(any('203.0.113.7/32', '203.0.113.0/24', '8.0.0.0/8'), 0, 2),
});
const service = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        serviceName: any('front', 'a', 'manual', 'ghost'),
        namespace: any<string | undefined>('x', 'y', 'y', undefined),
      })
      .map((k8sService) => ({ k8sService })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        selector: any({}, { matchLabels: { kind: 'web' } }, { matchLabels: { 'k8s:kind': 'ghost' } }),
        namespace: any<string | undefined>('x', 'y', undefined),
      })
      .map((k8sServiceSelector) => ({ k8sServiceSelector })),
  },
);
const reserved = any('host', 'remote-node', 'world', 'kube-apiserver').map((name) => ({
  matchLabels: { [`reserved:${name}`]: '' },
}));

const peers = (direction: 'from' | 'to') =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 6, arbitrary: some(selector).map((list) => ({ [`${direction}Endpoints`]: list })) },
    { weight: 4, arbitrary: some(entity, 0, 3).map((list) => ({ [`${direction}Entities`]: list })) },
    { weight: 3, arbitrary: some(any(...CIDRS)).map((list) => ({ [`${direction}CIDR`]: list })) },
    {
      weight: 2,
      arbitrary: some(fc.oneof(cidrSet, groupSet)).map((list) => ({ [`${direction}CIDRSet`]: list })),
    },
    { weight: 1, arbitrary: reserved.map((each) => ({ [`${direction}Endpoints`]: [each] })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(any(...CIDRS), entity)
        .map(([cidr, name]) => ({ [`${direction}CIDR`]: [cidr], [`${direction}Entities`]: [name] })),
    },
    ...(direction === 'to'
      ? [
          {
            weight: 1,
            arbitrary: some(fc.constant({ matchName: 'a.example.com' }), 0, 1).map((list) => ({
              toFQDNs: list,
            })),
          },
          {
            weight: 2,
            arbitrary: some(service).map((list) => ({ toServices: list })),
          },
        ]
      : []),
  );

const port = fc
  .record({
    port: any('80', '81', '0', 'http', '70000', '443'),
    protocol: fc.option(any('TCP', 'UDP', 'ANY', 'SCTP'), { nil: undefined }),
    endPort: fc.option(any(82, 79, 500), { nil: undefined, freq: 4 }),
  })
  // What a name with a range means depends on whether the name stands in another rule, too.
  .map(({ port: first, protocol, endPort }) =>
    defined({ port: first, protocol, endPort: first === 'http' ? undefined : endPort }),
  );
const rules = any<object | undefined>(
  undefined,
  undefined,
  undefined,
  { http: [{ method: 'GET', path: '/a/.*' }] },
  { http: [] },
  { dns: [{ matchPattern: '*.example.com' }] },
);
const toPorts = some(
  fc.record({ ports: some(port), rules }).map((each) => JSON.parse(JSON.stringify(each)) as object),
);
const layer4 = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 6, arbitrary: toPorts.map((list) => ({ toPorts: list })) },
  { weight: 1, arbitrary: fc.constant({ icmps: [{ fields: [{ type: 8 }] }] }) },
);
const rule = (direction: 'from' | 'to') =>
  fc.tuple(peers(direction), layer4).map(([whom, what]) => ({ ...whom, ...what }));
const section = (direction: 'from' | 'to') => fc.option(some(rule(direction)), { nil: undefined, freq: 2 });

const spec = fc
  .record({
    endpointSelector: subject,
    ingress: section('from'),
    ingressDeny: fc.option(some(rule('from'), 1, 1), { nil: undefined, freq: 2 }),
    egress: section('to'),
    egressDeny: fc.option(some(rule('to'), 1, 1), { nil: undefined, freq: 2 }),
    enableDefaultDeny: fc.option(
      fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, { requiredKeys: [] }),
      { nil: undefined, freq: 2 },
    ),
  })
  .map((each) => JSON.parse(JSON.stringify(each)) as object);

const cilium = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(any('x', 'y'), spec)
      .map(([namespace, each]) => ({ kind: 'CiliumNetworkPolicy', namespace, spec: each })),
  },
  {
    weight: 2,
    arbitrary: spec.map((each) => ({
      kind: 'CiliumClusterwideNetworkPolicy',
      namespace: undefined,
      spec: each,
    })),
  },
);
const networkPolicy = fc
  .record({
    namespace: any('x', 'y'),
    app: any('a', 'b'),
    out: fc.boolean(),
    empty: fc.boolean(),
    port: any<number | string>(80, 443, 'http'),
    namespaceSelector: any<object | undefined>(
      undefined,
      {},
      { matchLabels: { team: 'p' } },
      { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['q'] }] },
    ),
    all: fc.boolean(),
  })
  .map(({ namespace, app, out, empty, port: open, namespaceSelector, all }) => ({
    kind: 'NetworkPolicy',
    namespace,
    spec: {
      podSelector: empty ? {} : { matchLabels: { app } },
      policyTypes: [out ? 'Egress' : 'Ingress'],
      [out ? 'egress' : 'ingress']: [
        {
          [out ? 'to' : 'from']: [
            {
              ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
              ...(all && namespaceSelector !== undefined ? {} : { podSelector: { matchLabels: { app } } }),
            },
          ],
          ports: [{ port: open }],
        },
      ],
    },
  }));

export const policies = fc
  .array(
    fc.record({
      policy: fc.oneof({ weight: 4, arbitrary: cilium }, { weight: 1, arbitrary: networkPolicy }),
      more: fc.option(spec, { nil: undefined, freq: 4 }),
      isList: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) =>
    list.map(({ policy: { kind, namespace, spec: own }, more, isList }, i) => ({
      apiVersion: kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2',
      kind,
      metadata: { name: `p${i}`, ...(namespace === undefined ? {} : { namespace }) },
      ...(more === undefined || kind === 'NetworkPolicy'
        ? { spec: own }
        : isList
          ? { specs: [own, more] }
          : { spec: own, specs: [more] }),
    })),
  );
