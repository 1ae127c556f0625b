import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';

/** Azure NPM only filters IPv4: everything by IPv6 is open, and nothing else. */

const pod = (name: string, ...ips: string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { nodeName: 'n1', containers: [{}] },
  status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
});
const node = (name: string, ...ips: string[]) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: ips.map((address) => ({ type: 'InternalIP', address })) },
});
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'cli', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'cli' } },
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }],
  },
};

const cli = pod('cli', '10.1.0.1', 'fd00::1');
const srv = pod('srv', '10.1.0.2', 'fd00::2');

const judge = (objects: readonly object[], profile: EngineProfile = {}) =>
  Reachability.of(readManifests([...objects, policy]).cluster, { profile: { engine: 'azure', ...profile } });

const DUAL = judge([
  cli,
  srv,
  pod('old', '10.1.0.3'),
  pod('young', 'fd00::4'),
  node('n2', '10.2.0.2', 'fd00:2::2'),
]);

test.each([
  { why: 'by name, what a rule allows', to: 'shop/srv', port: 80, verdict: 'allowed' },
  { why: 'by name, what no rule allows', to: 'shop/srv', port: 81, verdict: 'partly', onlyByIpv6: true },
  { why: 'by name, every port', to: 'shop/srv', verdict: 'partly' },
  { why: 'by the IPv4 address', to: '10.1.0.2', port: 81, verdict: 'denied' },
  { why: 'by the IPv6 address', to: 'fd00::2', port: 81, verdict: 'allowed' },
  {
    why: 'into the isolated pod, by name',
    from: 'shop/srv',
    to: 'shop/cli',
    verdict: 'partly',
    onlyByIpv6: true,
  },
  { why: 'into the isolated pod, by its IPv6 address', from: 'shop/srv', to: 'fd00::1', verdict: 'allowed' },
  { why: 'from an IPv6 address', from: 'fd00::2', to: 'shop/cli', verdict: 'allowed' },
  { why: 'with a pod of IPv4 alone', to: 'shop/old', port: 81, verdict: 'denied' },
  { why: 'with a pod of IPv6 alone', to: 'shop/young', port: 81, verdict: 'allowed' },
  { why: 'with another node', to: 'node:n2', port: 81, verdict: 'partly', onlyByIpv6: true },
  { why: 'with the IPv4 address of another node', to: '10.2.0.2', port: 81, verdict: 'denied' },
  { why: 'with the IPv6 address of another node', to: 'fd00:2::2', port: 81, verdict: 'allowed' },
  {
    why: 'with pods that no manifest tells of',
    to: 'shop/app=new',
    port: 81,
    verdict: 'partly',
    onlyByIpv6: true,
  },
  { why: 'with IPv6 outside', to: '2001:db8::1', port: 81, verdict: 'allowed' },
])('$why: $verdict', ({ from = 'shop/cli', to, port, verdict, onlyByIpv6 }) => {
  const question = { from, to, ...(port === undefined ? {} : { port }) };
  const answer = DUAL.verdict(question);
  expect({ verdict: answer.verdict, onlyByIpv6: answer.onlyByIpv6 }).toEqual({ verdict, onlyByIpv6 });
  expect(DUAL.outcome(question)).toBe(verdict);
});

test('an answer says by what', () => {
  expect(DUAL.explain({ from: 'shop/cli', to: 'shop/srv', port: 81 })).toContain(
    'Partly: shop/cli to shop/srv on 81; by IPv6 alone.',
  );
  expect(DUAL.verdict({ from: 'shop/srv', to: 'shop/old' }).departures).toEqual([]);
});

describe('of pods whose addresses are not known', () => {
  const unknown = [pod('cli'), pod('srv')];
  test.each([
    {
      why: 'the range of pods has both families',
      profile: { podCidrs: ['10.1.0.0/16', 'fd00::/64'] },
      verdict: 'partly',
    },
    { why: 'the range of pods is IPv4', profile: { podCidrs: ['10.1.0.0/16'] }, verdict: 'denied' },
    { why: 'nothing tells of IPv6', profile: {}, verdict: 'denied' },
  ])('where $why, it is $verdict', ({ profile, verdict }) => {
    expect(judge(unknown, profile).outcome({ from: 'shop/cli', to: 'shop/srv', port: 81 })).toBe(verdict);
  });
});

test.each(['calico', 'cilium', undefined] as const)('on %s IPv6 is filtered', (engine) => {
  const { cluster } = readManifests([cli, srv, policy]);
  const judged = Reachability.of(cluster, { profile: engine === undefined ? {} : { engine } });
  for (const to of ['shop/srv', 'fd00::2']) {
    expect(judged.outcome({ from: 'shop/cli', to, port: 81 })).toBe('denied');
  }
});
