import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { type Case, CLUSTER, check, EVERYBODY, told } from './judged';
import { db, policy } from './policy';

/** What Cilium's own kinds say, as verdicts on a cluster with Cilium. */

const OPEN_5432 = { toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }] };
const OPEN_443 = { toPorts: [{ ports: [{ port: '443' }] }] };
test.each<Case>([
  { why: 'a rule that says nothing isolates and allows nothing', spec: { ingress: [{}] }, in: '' },
  { why: 'an empty section does nothing', spec: { ingress: [], egress: [{}] }, in: EVERYBODY, out: '' },
  { why: 'a rule of ports alone is for everybody', spec: { ingress: [OPEN_5432] }, in: EVERYBODY },
  { why: 'an empty list of ports is no port', spec: { ingress: [{ toPorts: [{ ports: [] }] }] }, in: '' },
  {
    why: 'a rule of messages alone opens no port',
    spec: { ingress: [{ icmps: [{ fields: [{ type: 8 }] }] }] },
    in: '',
  },
  {
    why: 'an empty list of endpoints is nobody',
    spec: { ingress: [{ fromEndpoints: [], ...OPEN_5432 }] },
    in: '',
  },
  {
    why: 'endpoints of no namespace are those of its own',
    spec: { ingress: [{ fromEndpoints: [{}] }] },
    in: 'web',
  },
  {
    why: 'endpoints of no namespace are those of every one, clusterwide',
    spec: { ingress: [{ fromEndpoints: [{}] }] },
    wide: true,
    in: 'web other',
  },
  {
    why: 'endpoints that only exclude are pods, clusterwide',
    spec: {
      ingress: [
        { fromEndpoints: [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] }] },
      ],
    },
    wide: true,
    in: 'web other',
  },
  {
    why: 'a label of Kubernetes that is called as one of Cilium',
    spec: {
      ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: 'k8s:host', operator: 'DoesNotExist' }] }] }],
    },
    in: 'web',
  },
  {
    why: 'endpoints of a namespace by its name',
    spec: {
      ingress: [
        { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other', app: 'web' } }] },
      ],
    },
    in: 'other',
  },
  {
    why: 'endpoints of namespaces by their labels',
    spec: {
      ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'other' } }] }],
    },
    in: 'other',
  },
  {
    why: 'endpoints of every namespace',
    spec: {
      ingress: [
        {
          fromEndpoints: [
            { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] },
          ],
        },
      ],
    },
    in: 'web other',
  },
  { why: 'everybody by name', spec: { ingress: [{ fromEntities: ['all'] }] }, in: EVERYBODY },
  {
    why: 'the world holds the API server',
    spec: { ingress: [{ fromEntities: ['world'] }] },
    in: 'net server',
  },
  {
    why: 'the cluster holds the API server',
    spec: { ingress: [{ fromEntities: ['cluster'] }] },
    in: 'web other server node',
  },
  { why: 'the API server', spec: { egress: [{ toEntities: ['kube-apiserver'] }] }, out: 'server' },
  {
    why: 'the own node and others',
    spec: { egress: [{ toEntities: ['host', 'remote-node'] }] },
    out: 'node',
  },
  { why: 'the own node, which nobody knows', spec: { egress: [{ toEntities: ['host'] }] }, out: 'node?' },
  { why: 'nobody by name', spec: { egress: [{ toEntities: ['none'] }] }, out: '' },
  {
    why: 'an address block is no pod and no node',
    spec: { egress: [{ toCIDR: ['0.0.0.0/0'] }] },
    out: 'net server',
  },
  {
    why: 'an address block with an exception',
    spec: { egress: [{ toCIDRSet: [{ cidr: '203.0.0.0/8', except: ['203.0.113.0/24'] }] }] },
    out: '',
  },
  {
    why: 'a name may have any address',
    spec: { egress: [{ toFQDNs: [{ matchPattern: '*.example.com' }] }] },
    out: 'net? server?',
  },
  {
    why: 'a port without a protocol is of each',
    spec: { egress: [{ toEntities: ['world'], ...OPEN_443 }] },
    out: 'net server',
  },
  {
    why: 'port 0 is every port',
    spec: { ingress: [{ toPorts: [{ ports: [{ port: '0', protocol: 'TCP' }] }] }] },
    in: EVERYBODY,
  },
  {
    why: 'a range of ports',
    spec: { ingress: [{ toPorts: [{ ports: [{ port: '5000', endPort: 6000, protocol: 'TCP' }] }] }] },
    in: EVERYBODY,
  },
  {
    why: 'a range that ends before it begins is one port',
    spec: { ingress: [{ toPorts: [{ ports: [{ port: '5432', endPort: 80, protocol: 'TCP' }] }] }] },
    in: EVERYBODY,
  },
  {
    why: 'a name of a port',
    spec: { ingress: [{ toPorts: [{ ports: [{ port: 'sql', protocol: 'TCP' }] }] }] },
    in: EVERYBODY,
  },
  {
    why: 'another protocol',
    spec: { ingress: [{ toPorts: [{ ports: [{ port: '5432', protocol: 'UDP' }] }] }] },
    in: '',
  },
  {
    why: 'what is filtered is allowed',
    spec: {
      ingress: [
        {
          toPorts: [
            {
              ports: [{ port: '5432', protocol: 'TCP' }],
              rules: { http: [{ method: 'GET', path: '/a/.*' }] },
            },
          ],
        },
      ],
    },
    in: EVERYBODY,
  },
  {
    why: 'a denial beats what is allowed',
    spec: { ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromEndpoints: [{}] }] },
    in: 'other net server node',
  },
  { why: 'a lone denial cuts everything else', spec: { egressDeny: [{ toCIDR: ['10.0.0.0/8'] }] }, out: '' },
  {
    why: 'a denial that does not isolate leaves the rest open',
    spec: { enableDefaultDeny: { egress: false }, egressDeny: [{ toEndpoints: [{}] }] },
    out: 'other net server node',
  },
  { why: 'a denial that says nothing denies nothing and isolates', spec: { ingressDeny: [{}] }, in: '' },
  {
    why: 'a denial beats a NetworkPolicy',
    wide: true,
    spec: {
      enableDefaultDeny: { ingress: false },
      ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }] }],
    },
    more: [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'n', namespace: 'shop' },
        spec: { podSelector: {}, ingress: [{}] },
      },
    ],
    in: 'net server node',
  },
  {
    why: 'one about nodes leaves pods alone',
    wide: true,
    spec: { endpointSelector: undefined, nodeSelector: {}, ingress: [{}] },
    in: EVERYBODY,
  },
  {
    why: 'labels, a log and a description say nothing',
    spec: { labels: [{ key: 'a' }], description: 'x', log: { value: 'x' }, ingress: [{}] },
    in: '',
  },
  {
    why: "one about Cilium's own proxy leaves pods alone",
    wide: true,
    spec: {
      endpointSelector: { matchExpressions: [{ key: 'reserved:ingress', operator: 'Exists' }] },
      ingress: [{}],
    },
    in: EVERYBODY,
  },
])('$why', check);

test('each spec of several counts', () => {
  const { spec, ...rest } = policy({ ...db, ingress: [{ fromEndpoints: [{}] }] }, 'CiliumNetworkPolicy');
  const web = { ...db, ingress: [{ fromEntities: ['world'] }] };
  expect(told([...CLUSTER, { ...rest, specs: [spec, web] }], 'in')).toBe('web net server');
  expect(told([...CLUSTER, { ...rest, spec, specs: [web] }], 'in')).toBe('web net server');
});

test('rules are named by the fields that they stand in', () => {
  const { spec, ...rest } = policy({ ...db, ingressDeny: [{ fromEndpoints: [{}] }] }, 'CiliumNetworkPolicy');
  const explained = (object: object) =>
    Reachability.of(readManifests([...CLUSTER, object]).cluster, { profile: { engine: 'cilium' } }).explain({
      from: 'shop/web',
      to: 'shop/db',
      port: 5432,
    });
  expect(explained({ ...rest, spec })).toContain('denied by CiliumNetworkPolicy shop/a ingressDeny rule 0');
  expect(explained({ ...rest, specs: [spec] })).toContain('shop/a specs[0].ingressDeny rule 0');
});

test.each([
  { why: 'without an engine', profile: {}, missing: 'the engine' },
  { why: 'without what is filtered', profile: { engine: 'cilium' as const }, missing: 'what acns enforces' },
])('$why it is not known what a policy with a filter does, and the doubt says what is missing', (each) => {
  const http = filteredPolicy([{ method: 'GET' }]);
  const judged = Reachability.of(readManifests([...CLUSTER, http]).cluster, { profile: each.profile });
  const { verdict, doubts } = judged.verdict({ from: 'other/web', to: 'shop/db', port: 5432 });
  expect(verdict).toBe('unknown');
  expect(doubts).toEqual([
    {
      code: 'policy-not-judged',
      text: `CiliumNetworkPolicy shop/a is not judged until the profile tells ${each.missing}, and may decide this`,
    },
  ]);
});

const filteredPolicy = (http: readonly object[]) =>
  policy(
    {
      ...db,
      ingress: [
        { fromEndpoints: [{}], toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }], rules: { http } }] },
      ],
    },
    'CiliumNetworkPolicy',
  );

test('a denial that is not understood may be one of the own node, which no isolation is about', () => {
  const fromOwnNode = (spec: object) =>
    Reachability.of(
      readManifests([...CLUSTER, policy({ ...db, ...spec }, 'CiliumNetworkPolicy')] as object[]).cluster,
      { profile: { engine: 'cilium' } },
    ).verdict({ from: 'node:n2', to: 'shop/db', port: 5432 }).verdict;
  expect(fromOwnNode({ ingressDeny: [{ fromEntities: ['all'] }] })).toBe('denied');
  expect(fromOwnNode({ ingressDeny: [{ fromEntities: ['all'] }], upcoming: {} })).toBe('unknown');
  expect(fromOwnNode({ ingress: [{}] })).toBe('allowed');
});
