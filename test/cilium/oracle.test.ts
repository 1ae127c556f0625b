import { BED, cnp, EVERYBODY, HOST, HTTP, on, type Row, WEB, whoReachesDb } from './bed';
import { ask } from './oracle';

test.each<Row & { error: RegExp }>([
  {
    why: 'an empty section alone',
    policies: [cnp({ ingress: [] })],
    error:
      /^failed to parse CiliumNetworkPolicy shop\/cnp: .* at least one of Ingress, IngressDeny, Egress, EgressDeny$/,
  },
  {
    why: 'a port out of range',
    policies: [cnp({ ingress: [{ toPorts: on('70000') }] })],
    error: /value out of range/,
  },
  {
    why: 'a port that is a number',
    policies: [cnp({ ingress: [{ toPorts: [{ ports: [{ port: 80 }] }] }] })],
    error: /cannot unmarshal number/,
  },
  {
    why: 'peers of two sorts in a rule',
    policies: [cnp({ ingress: [{ fromEndpoints: [{}], fromCIDR: ['10.0.0.0/8'] }] })],
    // Cilium looks through a map, so either may come first.
    error: /combining From(Endpoints and FromCIDR|CIDR and FromEndpoints) is not supported yet/,
  },
  {
    why: 'a selector of nodes in a namespace',
    policies: [cnp({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] })],
    error: /rule cannot have NodeSelector/,
  },
  {
    why: 'peers that are nodes',
    policies: [cnp({ ingress: [{ fromNodes: [{}] }] })],
    error: /"enable-node-selector-labels" flag is set/,
  },
  {
    why: 'a requirement, which 1.19 has no more',
    policies: [cnp({ ingress: [{ fromRequires: [{}] }] })],
    error: /fromRequires/,
  },
  {
    why: 'requests without a proxy',
    l7Proxy: false,
    policies: [cnp({ ingress: [{ toPorts: HTTP }] })],
    error: /L7 policy is not supported since L7 proxy is not enabled/,
  },
])('refused, so that everybody gets in: $why', async ({ why: _, error, ...bed }) => {
  const { from, invalid } = await whoReachesDb(bed);
  expect(from).toEqual(EVERYBODY);
  expect(invalid).toEqual([expect.stringMatching(error)]);
});

test('a policy that is refused leaves those beside it in force', async () => {
  const policies = [
    cnp({ ingress: [] }),
    { ...cnp({ ingress: [{}] }), metadata: { name: 'b', namespace: 'shop' } },
  ];
  expect(await whoReachesDb({ policies })).toEqual({ from: HOST, invalid: [expect.any(String), null] });
});

test('each side answers for itself, and tells of its proxy', async () => {
  const { verdicts } = await ask({
    ...BED,
    policies: [
      cnp({ ingress: [{ fromEndpoints: [WEB], toPorts: HTTP }], egress: [{ toEntities: ['world'] }] }),
    ],
    probes: [
      { from: { pod: 1 }, to: { pod: 0 }, protocol: 'TCP', port: 80 },
      { from: { pod: 1 }, to: { pod: 0 }, protocol: 'TCP', port: 81 },
      { from: { pod: 0 }, to: { address: '10.0.0.2' }, protocol: 'TCP', port: 80 },
      { from: { pod: 0 }, to: { address: '10.1.0.2' }, protocol: 'TCP', port: 80 },
      { from: { host: true }, to: { address: '203.0.113.7' }, protocol: 'TCP', port: 80 },
    ],
  });
  expect(verdicts).toEqual([
    { egress: 'allow', ingress: 'allow', l7: true },
    { egress: 'allow', ingress: 'deny', l7: false },
    { egress: 'deny', ingress: 'allow', l7: false },
    { egress: 'deny', ingress: 'none', l7: false },
    { egress: 'none', ingress: 'none', l7: false },
  ]);
});

test.each([
  { why: 'a pod that is not there', from: { pod: 9 }, port: 80, error: 'there is no pod 9' },
  { why: 'no port', from: { pod: 1 }, port: 0, error: 'a probe has no port' },
])('no answer: $why', async ({ from, port, error }) => {
  const probes = [{ from, to: { pod: 0 }, protocol: 'TCP' as const, port }];
  await expect(ask({ ...BED, policies: [], probes })).rejects.toThrow(error);
});
