import type { EngineProfile } from '../../lib/model/engine-profile';
import { CILIUM, cilium, dns, hosts, judgeNamed, netpol, plainDns, pod, tcp } from './named';

/** Host names as destinations of shop/web. */

const HOST = 'login.example.com';

interface Case {
  readonly why: string;
  /** Of a policy about shop/web. */
  readonly egress?: readonly object[];
  readonly egressDeny?: readonly object[];
  readonly more?: readonly object[];
  readonly to?: string;
  readonly port?: number;
  readonly profile?: EngineProfile;
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** A part of the explanation. */
  readonly says?: string;
}

const everyAddress = { toCIDR: ['0.0.0.0/0'], ...tcp('443') };
const world = { toEntities: ['world'], ...tcp('443') };

test.each<Case>([
  {
    why: 'a pod that no policy isolates reaches every host',
    verdict: 'allowed',
    says: 'no policy isolates it',
  },
  { why: 'a host by its name', egress: [dns('*'), hosts(HOST)], verdict: 'allowed' },
  {
    why: 'in capitals, with a dot behind it',
    egress: [dns('*'), hosts(HOST)],
    to: 'LOGIN.Example.com.',
    verdict: 'allowed',
  },
  { why: 'a host by a pattern', egress: [dns('*'), hosts('*.example.com')], verdict: 'allowed' },
  {
    why: 'another host',
    egress: [dns('*'), hosts('www.example.com')],
    verdict: 'denied',
    says: `Judged by its name: an address that ${HOST} shares with an allowed name is open.`,
  },
  {
    why: 'a host on another port',
    egress: [dns('*'), hosts(HOST)],
    port: 80,
    verdict: 'denied',
    says: 'on 443/TCP',
  },
  { why: 'a star does not pass a dot', egress: [dns('*'), hosts('*.com')], verdict: 'denied' },
  {
    why: 'a host that nobody looks up',
    egress: [hosts(HOST)],
    verdict: 'denied',
    says: `CiliumNetworkPolicy shop/web egress rule 0 (peer 0, port 0) allows ${HOST} on 443/TCP, but no rule for DNS of shop/web covers that name, so it never matches.`,
  },
  {
    why: 'plain DNS looks nothing up',
    egress: [plainDns, hosts(HOST)],
    verdict: 'denied',
    says: 'no rule for DNS',
  },
  {
    why: 'DNS for another name',
    egress: [dns('*.example.org'), hosts(HOST)],
    verdict: 'denied',
    says: 'no rule for DNS',
  },
  { why: 'DNS for this name', egress: [dns('*.example.com'), hosts(HOST)], verdict: 'allowed' },
  {
    why: 'DNS for this name in another policy of the pod',
    egress: [hosts(HOST)],
    more: [{ ...cilium('web', { egress: [dns('*')] }), metadata: { name: 'dns', namespace: 'shop' } }],
    verdict: 'allowed',
  },
  {
    why: 'DNS for another name, and plain DNS at the same server',
    egress: [dns('*.example.org'), plainDns, hosts(HOST)],
    verdict: 'allowed',
  },
  {
    why: 'DNS for another name, and every port of the server',
    egress: [dns('*.example.org'), { toEndpoints: plainDns.toEndpoints }, hosts(HOST)],
    verdict: 'unknown',
    says: 'it is not known whether a rule for DNS of shop/web covers',
  },
  {
    why: 'DNS on a port where nobody asks',
    egress: [
      { toPorts: [{ ports: [{ port: '5353', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] },
      hosts(HOST),
    ],
    verdict: 'unknown',
  },
  {
    why: 'DNS of another pod, which may be on the same node',
    egress: [hosts(HOST)],
    more: [cilium('api', { egress: [dns('*.example.com')] })],
    verdict: 'unknown',
    says: `no rule for DNS of shop/web covers ${HOST}, so it has no address until another pod on the same node looks it up`,
  },
  {
    why: 'DNS of another pod for another name',
    egress: [hosts(HOST)],
    more: [cilium('api', { egress: [dns('*.example.org')] })],
    verdict: 'denied',
  },
  {
    why: 'DNS of nobody',
    egress: [{ ...dns('*'), toEndpoints: [] }, hosts(HOST)],
    verdict: 'denied',
    says: 'no rule for DNS',
  },
  {
    why: 'DNS that nobody has read, of another pod',
    egress: [hosts(HOST)],
    more: [
      cilium('api', {
        egress: [{ toEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.cluster': 'a' } }] }],
      }),
    ],
    verdict: 'unknown',
  },
  { why: 'every address by a CIDR', egress: [everyAddress], verdict: 'allowed' },
  { why: 'every address by what it is', egress: [world], verdict: 'allowed' },
  { why: 'everybody on a port', egress: [tcp('443')], verdict: 'allowed' },
  {
    why: 'two halves of all addresses',
    egress: [{ toCIDR: ['0.0.0.0/1', '128.0.0.0/1'] }],
    verdict: 'allowed',
  },
  {
    why: 'two halves of all addresses, one rule each',
    egress: [{ toCIDR: ['0.0.0.0/1'] }, { toCIDR: ['128.0.0.0/1'] }],
    verdict: 'allowed',
  },
  {
    why: 'some addresses',
    egress: [{ toCIDR: ['20.0.0.0/8'] }],
    verdict: 'unknown',
    says: `no manifest tells whether an address of ${HOST} is in 20.0.0.0/8`,
  },
  {
    why: 'all addresses but some',
    egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] }],
    verdict: 'unknown',
    says: 'is in 0.0.0.0/0 except 10.0.0.0/8',
  },
  { why: 'pods', egress: [{ toEndpoints: [{}] }], verdict: 'denied' },
  { why: 'nodes', egress: [{ toEntities: ['host', 'remote-node'] }], verdict: 'denied' },
  {
    why: 'the API server, which may have the name',
    egress: [{ toEntities: ['kube-apiserver'] }],
    verdict: 'unknown',
  },
  {
    why: 'a denial of all addresses',
    egress: [dns('*'), hosts(HOST)],
    egressDeny: [{ toEntities: ['world'] }],
    verdict: 'denied',
    says: 'denied by CiliumNetworkPolicy shop/web egressDeny rule 0',
  },
  {
    why: 'a denial of some addresses',
    egress: [dns('*'), hosts(HOST)],
    egressDeny: [{ toCIDR: ['20.0.0.0/8'] }],
    verdict: 'unknown',
    says: `no manifest tells whether an address of ${HOST} is in 20.0.0.0/8`,
  },
  {
    why: 'a denial of pods',
    egress: [dns('*'), hosts(HOST)],
    egressDeny: [{ toEndpoints: [{}] }],
    verdict: 'allowed',
  },
  {
    why: 'labels, of which the version of Cilium decides how many',
    egress: [dns('*'), hosts('**.example.com')],
    to: 'a.b.example.com',
    profile: { ...CILIUM, kubernetesVersion: '1.36' },
    verdict: 'unknown',
    says: 'it depends on the version of Cilium whether **.example.com means a.b.example.com',
  },
  {
    why: 'two stars before Cilium 1.19',
    egress: [dns('*'), hosts('**.example.com')],
    to: 'a.b.example.com',
    verdict: 'denied',
  },
  {
    why: 'a policy with names on another engine does nothing',
    egress: [hosts('www.example.com')],
    profile: { engine: 'calico' },
    verdict: 'allowed',
  },
  {
    why: 'with a NetworkPolicy for every address, whatever the engine',
    more: [netpol({ policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] })],
    profile: { engine: 'calico' },
    verdict: 'allowed',
  },
  {
    why: 'with a NetworkPolicy for all addresses but some',
    more: [
      netpol({
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] }],
      }),
    ],
    profile: {},
    verdict: 'unknown',
  },
  {
    why: 'with a NetworkPolicy for pods',
    more: [netpol({ policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] })],
    profile: {},
    verdict: 'denied',
  },
  {
    why: 'IPv6 past Azure NPM',
    more: [netpol({ policyTypes: ['Egress'] })],
    profile: { engine: 'azure', podCidrs: ['10.244.0.0/16', 'fd00::/64'] },
    verdict: 'unknown',
    says: 'Azure NPM does not filter IPv6 traffic at all',
  },
])(
  '$why: $verdict',
  ({ egress, egressDeny, more = [], to = HOST, port = 443, profile, verdict, says = '' }) => {
    const own =
      egress === undefined ? [] : [cilium('web', { egress, ...(egressDeny ? { egressDeny } : {}) })];
    const judged = judgeNamed([...own, ...more], profile);
    const question = { from: 'shop/web', to, port };
    expect({ verdict: judged.verdict(question).verdict, says: judged.explain(question) }).toEqual({
      verdict,
      says: expect.stringContaining(says),
    });
    expect(judged.outcome(question)).toBe(verdict);
  },
);

test.each([
  {
    why: 'a service by its name in the cluster',
    to: 'db.shop.svc.cluster.local',
    problem: 'a name of the cluster itself',
  },
  { why: 'a service by its short name', to: 'db.shop', problem: 'pods behind it: shop/api' },
  { why: 'anything of the cluster', to: 'x.pod.cluster.local', problem: 'a name of the cluster itself' },
  {
    why: 'a name of a host and of a pod',
    to: 'app.v2',
    problem: 'write shop/app.v2 for the workload, and app.v2. for the host',
  },
])('$why is not taken for a host', ({ to, problem }) => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { app: 'api' }, ports: [{ port: 80 }] },
  };
  const judged = judgeNamed([service, pod('app.v2')]);
  expect(() => judged.verdict({ from: 'shop/web', to })).toThrow(problem);
  expect(judged.verdict({ from: 'shop/web', to: 'app.v2.' }).verdict).toBe('allowed');
});

test('a host is no source', () => {
  const judged = judgeNamed([]);
  expect(() => judged.verdict({ from: HOST, to: 'shop/web' })).toThrow('can only be the destination');
});

test('what comes in by an address may be a host that rules name', () => {
  const judged = judgeNamed([cilium('web', { egress: [dns('*'), hosts(HOST)] })]);
  expect(judged.explain({ from: 'shop/web', to: '20.1.2.3', port: 443 })).toContain(
    `Unknown because no manifest tells which addresses ${HOST} has.`,
  );
});
