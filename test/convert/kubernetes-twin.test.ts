import { ccnp, cnp, converted, specsOf } from './converted';

const app = (value: string) => ({ matchLabels: { app: value } });
const db = { endpointSelector: app('db') };
const DB = { podSelector: app('db') };
const IN = { ...DB, policyTypes: ['Ingress'] };
const inward = (...rules: object[]) => ({ ...db, ingress: rules });
const on = (...ports: object[]) => ({ toPorts: [{ ports }] });
const NAME = 'k8s:io.kubernetes.pod.namespace';
const METADATA_NAME = 'kubernetes.io/metadata.name';

test.each<{ why: string; spec: object; twin: object }>([
  { why: 'a rule that says nothing isolates', spec: inward({}), twin: IN },
  {
    why: 'an empty list of peers is nobody',
    spec: inward({ fromEndpoints: [], ...on({ port: '80' }) }),
    twin: IN,
  },
  { why: 'an empty list of ports is none', spec: inward({ toPorts: [{ ports: [] }] }), twin: IN },
  {
    why: 'an empty list of entries for ports is every port',
    spec: inward({ fromEndpoints: [{}], toPorts: [] }),
    twin: { ...IN, ingress: [{ from: [{ podSelector: {} }] }] },
  },
  {
    why: 'ports without peers are open to everybody',
    spec: inward(on({ port: '80', protocol: 'TCP' })),
    twin: { ...IN, ingress: [{ ports: [{ protocol: 'TCP', port: 80 }] }] },
  },
  {
    why: 'all is everybody, whoever stands beside',
    spec: inward({ fromEntities: ['world', 'all'] }),
    twin: { ...IN, ingress: [{}] },
  },
  { why: 'none is nobody', spec: inward({ fromEntities: ['none'] }), twin: IN },
  {
    why: 'the world is every address outside the cluster',
    spec: inward({ fromEntities: ['world', 'none', 'world'] }),
    twin: { ...IN, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }] }] },
  },
  {
    why: 'pods of the own namespace',
    spec: inward({ fromEndpoints: [{ matchLabels: { 'k8s:app': 'web' } }] }),
    twin: { ...IN, ingress: [{ from: [{ podSelector: app('web') }] }] },
  },
  {
    why: 'pods of another namespace',
    spec: inward({ fromEndpoints: [{ matchLabels: { app: 'web', [NAME]: 'other' } }] }),
    twin: {
      ...IN,
      ingress: [
        {
          from: [
            { namespaceSelector: { matchLabels: { [METADATA_NAME]: 'other' } }, podSelector: app('web') },
          ],
        },
      ],
    },
  },
  {
    why: 'pods of namespaces with a label',
    spec: inward({ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'a' } }] }),
    twin: { ...IN, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] },
  },
  {
    why: 'pods of every namespace',
    spec: inward({ fromEndpoints: [{ matchExpressions: [{ key: NAME, operator: 'Exists' }] }] }),
    twin: { ...IN, ingress: [{ from: [{ namespaceSelector: {} }] }] },
  },
  {
    why: 'addresses, and those that lose all of them',
    spec: inward({
      fromCIDRSet: [
        { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
        { cidr: '10.2.0.0/16', except: ['10.2.0.0/16'] },
      ],
    }),
    twin: { ...IN, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] },
  },
  {
    why: 'only addresses that lose all of them are nobody',
    spec: inward({ fromCIDRSet: [{ cidr: '10.2.0.0/16', except: ['10.2.0.0/16'] }] }),
    twin: IN,
  },
  {
    why: 'a port of any protocol is one of each',
    spec: inward({ ...on({ port: '53' }), fromCIDR: ['8.8.8.8/32'] }),
    twin: {
      ...IN,
      ingress: [
        {
          from: [{ ipBlock: { cidr: '8.8.8.8/32' } }],
          ports: ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol, port: 53 })),
        },
      ],
    },
  },
  {
    why: 'port 0 is every port, a range that ends before it begins is one, and a name stays',
    spec: inward(
      on(
        { port: '0', protocol: 'UDP' },
        { port: '80', endPort: 70, protocol: 'TCP' },
        { port: '80', endPort: 90, protocol: 'TCP' },
        { port: 'http', protocol: 'TCP' },
      ),
    ),
    twin: {
      ...IN,
      ingress: [
        {
          ports: [
            { protocol: 'UDP' },
            { protocol: 'TCP', port: 80, endPort: 80 },
            { protocol: 'TCP', port: 80, endPort: 90 },
            { protocol: 'TCP', port: 'http' },
          ],
        },
      ],
    },
  },
  {
    why: 'both directions',
    spec: { ...db, ingress: [{}], egress: [{ toEndpoints: [{}] }] },
    twin: { ...DB, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ podSelector: {} }] }] },
  },
  {
    why: 'a direction without rules is left alone, whatever is said of its isolation',
    spec: { ...inward({}), enableDefaultDeny: { egress: false, ingress: true } },
    twin: IN,
  },
])('to Kubernetes: $why', ({ spec, twin }) => {
  expect(specsOf(cnp(spec), 'kubernetes')).toEqual([twin]);
});

test.each<{ why: string; spec: object; at: string }>([
  { why: 'denials', spec: { ...db, ingressDeny: [{}] }, at: 'spec.ingressDeny' },
  { why: 'denials of egress', spec: { ...inward({}), egressDeny: [{}] }, at: 'spec.egressDeny' },
  { why: 'nodes as subject', spec: { nodeSelector: {}, ingress: [{}] }, at: 'spec.nodeSelector' },
  { why: 'the own node', spec: inward({ fromEntities: ['host'] }), at: 'spec.ingress.0.fromEntities.0' },
  {
    why: 'the API server',
    spec: inward({ fromEntities: ['kube-apiserver'] }),
    at: 'spec.ingress.0.fromEntities.0',
  },
  {
    why: 'an entity by its label',
    spec: inward({ fromEndpoints: [{ matchLabels: { 'reserved:host': '' } }] }),
    at: 'spec.ingress.0.fromEndpoints.0',
  },
  {
    why: 'host names',
    spec: { ...db, egress: [{ toFQDNs: [{ matchName: 'a.b' }] }] },
    at: 'spec.egress.0.toFQDNs',
  },
  {
    why: 'services',
    spec: { ...db, egress: [{ toServices: [{ k8sService: { serviceName: 'a' } }] }] },
    at: 'spec.egress.0.toServices',
  },
  { why: 'ICMP', spec: inward({ icmps: [{ fields: [{ type: 8 }] }] }), at: 'spec.ingress.0.icmps' },
  {
    why: 'HTTP',
    spec: inward({
      toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }],
    }),
    at: 'spec.ingress.0.toPorts.0.rules',
  },
  {
    why: 'names of servers',
    spec: inward({ toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }], serverNames: ['a.b'] }] }),
    at: 'spec.ingress.0.toPorts.0.serverNames',
  },
  {
    why: 'groups of addresses',
    spec: inward({ fromCIDRSet: [{ cidrGroupRef: 'a' }] }),
    at: 'spec.ingress.0.fromCIDRSet.0.cidrGroupRef',
  },
  {
    why: 'service accounts',
    spec: inward({ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.policy.serviceaccount': 'a' } }] }),
    at: 'spec.ingress.0.fromEndpoints.0',
  },
  {
    why: 'service accounts in an expression about the pods of the policy',
    spec: {
      endpointSelector: {
        matchExpressions: [{ key: 'io.cilium.k8s.policy.serviceaccount', operator: 'Exists' }],
      },
      ingress: [{ fromEndpoints: [{}] }],
    },
    at: 'spec.endpointSelector',
  },
  {
    why: 'authentication',
    spec: inward({ authentication: { mode: 'required' } }),
    at: 'spec.ingress.0.authentication',
  },
  {
    why: 'rules that do not isolate',
    spec: { ...inward({}), enableDefaultDeny: { ingress: false } },
    at: 'spec.enableDefaultDeny',
  },
  { why: 'no rules', spec: db, at: 'spec' },
  {
    why: 'what is not understood',
    spec: inward({ fromEndpoints: [{}], fromCIDR: ['10.0.0.0/8'] }),
    at: 'spec.ingress.0',
  },
])('has no NetworkPolicy: $why', ({ spec, at }) => {
  const { twins, problems } = converted(cnp(spec), 'kubernetes');
  expect(twins).toEqual([]);
  expect(problems.map((each) => [(each.at as string[]).join('.'), each.code])).toEqual([[at, 'no-twin']]);
});

test('every cluster-internal entity is a problem of its own, and nothing is written of the rest', () => {
  const spec = { ...inward({ fromEntities: ['cluster', 'remote-node'] }, { fromEndpoints: [{}] }) };
  const { twins, problems } = converted(cnp(spec), 'kubernetes');
  expect(twins).toEqual([]);
  expect(problems.map(({ got }) => got)).toEqual(['"cluster"', '"kube-apiserver"', '"remote-node"']);
});

describe('a clusterwide policy', () => {
  const named = (...values: string[]) => ({
    matchExpressions: [{ key: NAME, operator: 'In', values }],
  });

  test('about namespaces that it names has a twin in each', () => {
    const policy = ccnp({ endpointSelector: named('a', 'b'), ingress: [{ fromEndpoints: [app('web')] }] });
    const { twins, notes, problems } = converted(policy, 'kubernetes');
    expect(problems).toEqual([]);
    const spec = {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: app('web') }] }],
    };
    expect(twins).toMatchObject([
      { metadata: { name: 'a', namespace: 'a' }, spec },
      { metadata: { name: 'a', namespace: 'b' }, spec },
    ]);
    expect(notes.map(({ says }) => says)).toEqual([
      'becomes 2 NetworkPolicies, a/a, b/a, which mean the same together',
      expect.stringContaining('goes with its namespace'),
    ]);
  });

  test('with a peer that only excludes means pods, and its twin asks for them', () => {
    const peer = {
      matchExpressions: [{ key: 'io.cilium.k8s.namespace.labels.env', operator: 'DoesNotExist' }],
    };
    const policy = ccnp({ endpointSelector: named('a'), ingress: [{ fromEndpoints: [peer] }] });
    expect(specsOf(policy, 'kubernetes')).toMatchObject([
      {
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchExpressions: [
                    { key: 'env', operator: 'DoesNotExist' },
                    { key: METADATA_NAME, operator: 'Exists' },
                  ],
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    { why: 'every namespace', endpointSelector: {} },
    {
      why: 'namespaces with a label',
      endpointSelector: { matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.a': '' } },
    },
    {
      why: 'all but one',
      endpointSelector: { matchExpressions: [{ key: NAME, operator: 'NotIn', values: ['a'] }] },
    },
  ])('about $why has none, because somebody may make one more', ({ endpointSelector }) => {
    const { twins, problems } = converted(ccnp({ endpointSelector, ingress: [{}] }), 'kubernetes');
    expect(twins).toEqual([]);
    expect(problems).toMatchObject([{ code: 'no-twin', at: ['spec', 'endpointSelector'] }]);
  });
});
