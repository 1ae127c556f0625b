import {
  ccnp,
  cnp,
  EVERYBODY,
  everybodyBut,
  HOST,
  netpol,
  on,
  type Peer,
  type Row,
  WEB,
  whoReachesDb,
} from './bed';

const NOT_IN_SHOP = { key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['shop'] };
const NOT_BLUE = { key: 'team', operator: 'NotIn', values: ['blue'] };

test.each<Row & { from: Peer[] }>([
  { why: 'without policies everybody gets in', policies: [], from: EVERYBODY },
  { why: 'a rule that says nothing isolates', policies: [cnp({ ingress: [{}] })], from: HOST },
  {
    why: 'a rule that says nothing lets everybody in where Kubernetes reads it',
    policies: [netpol({ ingress: [{}] })],
    from: EVERYBODY,
  },
  {
    why: 'a deny of one kind beats what another allows',
    policies: [netpol({ ingress: [{}] }), ccnp({ ingressDeny: [{ fromEndpoints: [WEB] }] })],
    from: everybodyBut('web', 'other/web'),
  },
  {
    why: 'a deny of a wide range beats what allows a single address',
    policies: [
      cnp({ ingress: [{ fromCIDR: ['203.0.113.7/32'] }], ingressDeny: [{ fromCIDR: ['203.0.0.0/8'] }] }),
    ],
    from: HOST,
  },
  {
    why: 'a section of denials isolates',
    policies: [cnp({ ingressDeny: [{ fromEndpoints: [WEB] }] })],
    from: HOST,
  },
  { why: 'a denial that says nothing isolates', policies: [cnp({ ingressDeny: [{}] })], from: HOST },
  {
    why: 'a section that is not to isolate denies and does not isolate',
    policies: [cnp({ enableDefaultDeny: { ingress: false }, ingressDeny: [{ fromEndpoints: [WEB] }] })],
    from: everybodyBut('web'),
  },
  {
    why: 'one policy that isolates is enough',
    policies: [
      ccnp({ enableDefaultDeny: { ingress: false }, ingress: [{ fromEndpoints: [WEB] }] }),
      cnp({ ingress: [{}] }),
    ],
    from: ['web', 'other/web', 'host'],
  },
  {
    why: 'an empty list of peers is nobody',
    policies: [cnp({ ingress: [{ fromEndpoints: [], toPorts: on('80') }] })],
    from: HOST,
  },
  {
    why: 'a missing list of peers with ports is everybody',
    policies: [cnp({ ingress: [{ toPorts: on('80') }] })],
    from: EVERYBODY,
  },
  {
    why: 'a peer without a namespace is one of the same namespace',
    policies: [cnp({ ingress: [{ fromEndpoints: [WEB] }] })],
    from: ['web', 'host'],
  },
  {
    why: 'a peer without a namespace is one of any namespace where the policy has none',
    policies: [ccnp({ ingress: [{ fromEndpoints: [{}] }] })],
    from: ['web', 'other/web', 'host'],
  },
  {
    why: 'a namespace can be named with any source',
    policies: [
      cnp({ ingress: [{ fromEndpoints: [{ matchLabels: { 'io.kubernetes.pod.namespace': 'other' } }] }] }),
    ],
    from: ['other/web', 'host'],
  },
  {
    why: 'a namespace can be told by its labels',
    policies: [
      cnp({
        ingress: [
          { fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'red' } }] },
          {
            fromEndpoints: [
              { matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name': 'shop' } },
            ],
          },
        ],
      }),
    ],
    from: ['web', 'other/web', 'host'],
  },
  {
    why: 'a label that Cilium filters is on no pod',
    policies: [cnp({ ingress: [{ fromEndpoints: [{ matchLabels: { 'pod-template-hash': 'a' } }] }] })],
    from: HOST,
  },
  {
    why: 'a label that Cilium filters is missing on every pod',
    policies: [
      cnp({
        ingress: [
          { fromEndpoints: [{ matchExpressions: [{ key: 'pod-template-hash', operator: 'DoesNotExist' }] }] },
        ],
      }),
    ],
    from: ['web', 'host'],
  },
  {
    why: 'a namespace that is only not some is also none: the world and all nodes',
    policies: [cnp({ ingress: [{ fromEndpoints: [{ matchExpressions: [NOT_IN_SHOP] }] }] })],
    from: everybodyBut('web'),
  },
  {
    why: 'the same in a policy without a namespace',
    policies: [ccnp({ ingress: [{ fromEndpoints: [{ matchExpressions: [NOT_IN_SHOP] }] }] })],
    from: everybodyBut('web'),
  },
  {
    why: 'the same where Kubernetes means namespaces alone',
    policies: [netpol({ ingress: [{ from: [{ namespaceSelector: { matchExpressions: [NOT_BLUE] } }] }] })],
    from: everybodyBut('web'),
  },
  {
    why: 'one label that a pod has to have keeps the world out',
    policies: [
      netpol({
        ingress: [{ from: [{ namespaceSelector: { matchExpressions: [NOT_BLUE] }, podSelector: WEB }] }],
      }),
    ],
    from: ['other/web', 'host'],
  },
  {
    why: 'so does the option that a peer is in this cluster',
    defaultLocalCluster: true,
    policies: [netpol({ ingress: [{ from: [{ namespaceSelector: { matchExpressions: [NOT_BLUE] } }] }] })],
    from: ['other/web', 'host'],
  },
  {
    why: 'another namespace in the selector of a policy is replaced by its own',
    policies: [
      cnp({
        endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } },
        ingress: [{}],
      }),
    ],
    from: HOST,
  },
  {
    why: 'another namespace without its source is not replaced, and selects nobody',
    policies: [
      cnp({ endpointSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'other' } }, ingress: [{}] }),
    ],
    from: EVERYBODY,
  },
  {
    why: 'a policy for nodes selects no pods',
    policies: [ccnp({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] })],
    from: EVERYBODY,
  },
  {
    why: 'every part of specs is a rule of its own',
    policies: [
      {
        ...cnp({}),
        spec: undefined,
        specs: [
          cnp({ ingress: [{ fromEndpoints: [WEB] }] }).spec,
          cnp({ ingressDeny: [{ toPorts: on('81') }] }).spec,
        ],
      },
    ],
    from: ['web', 'host'],
  },
  {
    why: 'a reserved label is that of nodes',
    policies: [cnp({ ingress: [{ fromEndpoints: [{ matchLabels: { 'reserved:remote-node': '' } }] }] })],
    from: ['host', 'node'],
  },
  {
    why: 'a name of a port is that of the pod itself',
    policies: [cnp({ ingress: [{ toPorts: on('http', 'TCP') }] })],
    from: EVERYBODY,
  },
  {
    why: 'a name of a port that only others have is none',
    policies: [cnp({ ingress: [{ toPorts: on('admin', 'TCP') }] })],
    from: HOST,
  },
])('$why', async ({ why: _, from, ...bed }) => {
  expect(await whoReachesDb(bed)).toEqual({ from, invalid: bed.policies.map(() => null) });
});

test.each<{ entity: string; from: Peer[] }>([
  { entity: 'all', from: EVERYBODY },
  { entity: 'world', from: ['world', 'host', 'API server'] },
  { entity: 'cluster', from: everybodyBut('world') },
  { entity: 'host', from: HOST },
  { entity: 'remote-node', from: ['host', 'node'] },
  { entity: 'kube-apiserver', from: ['host', 'API server'] },
  { entity: 'none', from: HOST },
  { entity: 'unmanaged', from: HOST },
])('the entity $entity', async ({ entity, from }) => {
  const policies = [cnp({ ingress: [{ fromEntities: [entity] }] })];
  expect(await whoReachesDb({ policies })).toEqual({ from, invalid: [null] });
});

test.each(['all', 'cluster', 'host'])('a denial of %s is one of the own node, too', async (entity) => {
  const policies = [
    cnp({ enableDefaultDeny: { ingress: false }, ingressDeny: [{ fromEntities: [entity] }] }),
  ];
  expect((await whoReachesDb({ policies })).from).not.toContain('host');
});
