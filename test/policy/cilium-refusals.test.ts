import {
  type AksClusterProfile,
  AksNetworkPolicy,
  CiliumClusterwideNetworkPolicy,
  CiliumNetworkPolicy,
  EgressRule,
  type HttpRequest,
  IngressRule,
  Peer,
  Port,
} from 'cdk8s-aks-network-policy';
import { Deployment } from 'cdk8s-plus-28';
import { chart, expectRefusal, refusal } from '../support/synth';

/** What is refused of Cilium's own kinds, and what only they can say. */

const name = Peer.hostName('a.example.com');
const http = [{ method: 'GET' }];
const ports = [Port.tcp(80)];
const inNetworkPolicy = (rule: IngressRule | EgressRule) => () =>
  new AksNetworkPolicy(chart(), 'p', { rules: [rule] });

test.each([
  { what: 'what is denied', rule: IngressRule.deny({ from: [Peer.sameNamespace()] }), at: 'rules[0]' },
  { what: 'host names', rule: EgressRule.allow({ to: [Peer.anywhere(), name] }), at: 'rules[0].to[1]' },
  { what: 'entities', rule: IngressRule.allow({ from: [Peer.entity('world')] }), at: 'rules[0].from[0]' },
  { what: 'services', rule: EgressRule.allow({ to: [Peer.service('db')] }), at: 'rules[0].to[0]' },
  {
    what: 'messages of ICMP',
    rule: EgressRule.allow({ to: [Peer.sameNamespace()], ports: [Port.tcp(80), Port.icmp(8)] }),
    at: 'rules[0].ports[1]',
  },
  {
    what: 'requests of HTTP',
    rule: IngressRule.allow({ from: [Peer.sameNamespace()], ports, http }),
    at: 'rules[0].http',
  },
])('a NetworkPolicy cannot name $what, and the error names the constructs that can', ({ what, rule, at }) => {
  expectRefusal(
    inNetworkPolicy(rule),
    'cilium-policy-needed',
    at,
    `a NetworkPolicy cannot name ${what}`,
    'CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy',
  );
  const policy = new AksNetworkPolicy(chart(), 'p');
  expectRefusal(() => policy.addRule(rule), 'cilium-policy-needed', at);
  expect(policy.rules).toEqual([]);
  expect(() => new CiliumNetworkPolicy(chart(), 'p', { rules: [rule] })).not.toThrow();
});

test.each([
  { why: 'no name', call: () => Peer.hostName(''), code: 'host-name-invalid' },
  { why: 'a URL', call: () => Peer.hostName('https://a.example.com'), code: 'host-name-invalid' },
  { why: 'two dots', call: () => Peer.hostName('a..com'), code: 'host-name-invalid' },
  { why: 'a name of 256 characters', call: () => Peer.hostName('a'.repeat(256)), code: 'host-name-invalid' },
  { why: 'every name', call: () => Peer.hostName('*'), code: 'host-name-too-wide' },
  { why: 'every name with dots', call: () => Peer.hostName('**.*.'), code: 'host-name-too-wide' },
  { why: 'a list of names', call: () => Peer.hostName(['a'] as never), code: 'type-mismatch' },
  { why: 'an entity in capitals', call: () => Peer.entity('World' as never), code: 'value-unknown' },
  { why: 'a service with its namespace', call: () => Peer.service('data/db'), code: 'name-invalid' },
  {
    why: 'a namespace in capitals',
    call: () => Peer.service('db', { namespace: 'A' }),
    code: 'namespace-invalid',
  },
  { why: 'a type of messages that is too large', call: () => Port.icmp(256), code: 'icmp-type-invalid' },
  { why: 'half a type', call: () => Port.icmp(0.5), code: 'icmp-type-invalid' },
  { why: 'a type by its name', call: () => Port.icmp('EchoRequest' as never), code: 'type-mismatch' },
  { why: 'another family', call: () => Port.icmp(8, { family: 'IPv5' as never }), code: 'value-unknown' },
  { why: 'a name that comes in', call: () => IngressRule.allow({ from: [name] }), code: 'peer-not-in-rule' },
  { why: 'a name that is denied', call: () => EgressRule.deny({ to: [name] }), code: 'peer-not-in-rule' },
  {
    why: 'a service that comes in',
    call: () => IngressRule.deny({ from: [Peer.service('db')] }),
    code: 'peer-not-in-rule',
  },
  {
    why: 'a service that is denied, which Cilium does not look for',
    call: () => EgressRule.deny({ to: [Peer.service('db')] }),
    code: 'peer-not-in-rule',
  },
  {
    why: 'a service with ports, which would be those of everybody',
    call: () => EgressRule.allow({ to: [Peer.service('db')], ports }),
    code: 'service-with-ports',
  },
  {
    why: 'requests of what is denied',
    call: () => IngressRule.deny({ from: [], ports, http } as never),
    code: 'field-unknown',
  },
  {
    why: 'no request',
    call: () => IngressRule.allow({ from: [], ports, http: [] }),
    code: 'http-empty',
  },
  {
    why: 'requests on every port',
    call: () => IngressRule.allow({ from: [], http }),
    code: 'http-ports-invalid',
  },
  ...[Port.allTcp(), Port.udp(80), Port.named('dns', 'UDP'), Port.icmp(8)].map((port) => ({
    why: `requests on ${port}`,
    call: () => IngressRule.allow({ from: [], ports: [Port.tcp(80), port], http }),
    code: 'http-ports-invalid' as const,
  })),
  ...(
    [
      { why: 'a pattern that ends too early', request: { path: '/a(' } },
      { why: 'a pattern that looks ahead, which Go does not', request: { path: '/(?!admin)' } },
      { why: 'a pattern with a large number', request: { path: '/a{1001}' } },
      { why: 'a range backwards', request: { method: '[z-a]' } },
      { why: 'an empty pattern', request: { path: '' } },
      { why: 'a host with a port', request: { host: 'shop:8080' } },
      { why: 'a header with a blank in its name', request: { headers: { 'X A': 'b' } } },
      { why: 'a header of two lines', request: { headers: { 'X-A': 'b\nc' } } },
    ] as { why: string; request: HttpRequest }[]
  ).map(({ why, request }) => ({
    why,
    call: () => IngressRule.allow({ from: [], ports, http: [{}, request] }),
    code: 'http-invalid' as const,
  })),
  {
    why: 'a misspelt field of a request',
    call: () => IngressRule.allow({ from: [], ports, http: [{ paths: '/' } as never] }),
    code: 'field-unknown',
  },
  {
    why: 'a request as text',
    call: () => IngressRule.allow({ from: [], ports, http: ['GET /' as never] }),
    code: 'type-mismatch',
  },
  {
    why: 'headers as a list',
    call: () => IngressRule.allow({ from: [], ports, http: [{ headers: ['X-A: b'] as never }] }),
    code: 'type-mismatch',
  },
] as const)('$why is refused', ({ call, code }) => {
  expectRefusal(call, code);
});

const inShop = (rule: IngressRule | EgressRule) => () =>
  new CiliumNetworkPolicy(chart({ namespace: 'shop' }), 'p', { rules: [rule] });

test.each([
  {
    why: 'the 41st port',
    call: inShop(
      IngressRule.allow({
        from: [Peer.anywhere()],
        ports: [...Array(41).keys()].map((i) => Port.tcp(i + 1)),
      }),
    ),
    code: 'ports-too-many',
    word: 'rules[0].ports',
  },
  {
    why: 'the 41st type of messages',
    call: inShop(
      IngressRule.allow({ from: [Peer.anywhere()], ports: [...Array(41).keys()].map((i) => Port.icmp(i)) }),
    ),
    code: 'ports-too-many',
    word: '41 ports',
  },
  {
    why: 'a namespace as a label of pods',
    call: inShop(
      IngressRule.allow({
        from: [Peer.sameNamespace({ matchLabels: { 'io.kubernetes.pod.namespace': 'a' } })],
      }),
    ),
    code: 'label-key-reserved',
    word: 'rules[0].from[0]',
  },
  {
    why: "a label of Cilium's own",
    call: () =>
      new CiliumNetworkPolicy(chart(), 'p', {
        podSelector: { matchExpressions: [{ key: 'io.cilium.k8s.policy.cluster', operator: 'Exists' }] },
      }),
    code: 'label-key-reserved',
    word: 'podSelector',
  },
  {
    why: 'a label of namespaces that is too long with what Cilium writes before it',
    call: inShop(
      IngressRule.allow({
        from: [Peer.otherNamespaces({ namespaces: { matchLabels: { ['x'.repeat(29)]: 'a' } } })],
      }),
    ),
    code: 'label-key-invalid',
    word: 'k8s:io.cilium.k8s.namespace.labels.',
  },
  {
    why: 'a workload of another namespace as one of the own',
    call: () => {
      const d = new Deployment(chart({ namespace: 'other' }), 'd', { containers: [{ image: 'd' }] });
      inShop(IngressRule.allow({ from: [Peer.sameNamespace(d)] }))();
    },
    code: 'selector-in-other-namespace',
    word: 'Peer.of',
  },
  {
    why: 'a direction that there is not',
    call: () => new CiliumNetworkPolicy(chart(), 'p', { leavesOpen: ['ingress' as never] }),
    code: 'policy-type-unknown',
    word: 'leavesOpen[0]',
  },
  {
    why: 'a denial of what is left open',
    call: () =>
      new CiliumNetworkPolicy(chart(), 'p', { leavesOpen: ['Egress'], rules: [EgressRule.denyAll()] }),
    code: 'direction-left-open',
    word: 'rules[0]',
  },
  {
    why: 'a misspelt prop',
    call: () => new CiliumNetworkPolicy(chart(), 'p', { leaveOpen: [] } as never),
    code: 'field-unknown',
    word: 'leavesOpen',
  },
  {
    why: 'the own namespace of a clusterwide policy',
    call: () =>
      new CiliumClusterwideNetworkPolicy(chart(), 'p', {
        rules: [IngressRule.allow({ from: [Peer.sameNamespace()] })],
      }),
    code: 'no-own-namespace',
    word: 'Peer.otherNamespaces',
  },
  {
    why: 'a service without a namespace in a clusterwide policy',
    call: () =>
      new CiliumClusterwideNetworkPolicy(chart(), 'p', {
        rules: [EgressRule.allow({ to: [Peer.service('db')] })],
      }),
    code: 'no-own-namespace',
    word: 'rules[0].to[0]',
  },
] as const)('$why is refused where it is written', ({ call, code, word }) => {
  expectRefusal(call, code, word);
});

test('40 ports and a range are taken', () => {
  const all = [...Array(40).keys()].map((i) => Port.tcp(i + 1));
  expect(inShop(IngressRule.allow({ from: [Peer.anywhere()], ports: all }))).not.toThrow();
});

describe('on a cluster', () => {
  const toName = EgressRule.allow({ to: [name], ports: [Port.tcp(443)] });
  const filtered = IngressRule.allow({ from: [Peer.otherNamespaces()], ports, http });
  const KINDS = { CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy };
  const on = (profile: AksClusterProfile, rule: IngressRule | EgressRule, kind: keyof typeof KINDS) => () =>
    new KINDS[kind](chart(), 'p', { profile, rules: [rule] });

  test.each<{
    profile: AksClusterProfile;
    rule: IngressRule | EgressRule;
    what: string;
    kind?: keyof typeof KINDS;
    code?: Parameters<typeof expectRefusal>[1];
  }>([
    {
      what: 'a name',
      profile: { engine: 'cilium', acns: 'None', localDns: false },
      rule: toName,
      code: 'acns-policies-off',
    },
    { what: 'a name', profile: { engine: 'cilium', acns: 'FQDN', localDns: false }, rule: toName },
    {
      what: 'a name',
      profile: { engine: 'cilium', acns: 'L7', localDns: false },
      rule: toName,
      kind: 'CiliumClusterwideNetworkPolicy',
    },
    { what: 'a name', profile: { engine: 'byo-cilium', localDns: false }, rule: toName },
    {
      what: 'a name',
      profile: { engine: 'cilium', acns: 'L7' },
      rule: toName,
      code: 'profile-field-missing',
    },
    { what: 'HTTP', profile: { engine: 'cilium', acns: 'None' }, rule: filtered, code: 'acns-policies-off' },
    { what: 'HTTP', profile: { engine: 'cilium', acns: 'FQDN' }, rule: filtered, code: 'acns-policies-off' },
    { what: 'HTTP', profile: { engine: 'cilium', acns: 'L7' }, rule: filtered },
    {
      what: 'HTTP',
      profile: { engine: 'cilium', acns: 'L7' },
      rule: filtered,
      kind: 'CiliumClusterwideNetworkPolicy',
      code: 'http-in-clusterwide-policy',
    },
    {
      what: 'HTTP',
      profile: { engine: 'byo-cilium' },
      rule: filtered,
      kind: 'CiliumClusterwideNetworkPolicy',
    },
    {
      what: 'anything',
      profile: { engine: 'calico' },
      rule: IngressRule.allowAll(),
      code: 'cilium-not-the-engine',
    },
    { what: 'anything', profile: {}, rule: IngressRule.allowAll() },
  ])(
    '$profile takes $what in a $kind, or says $code',
    ({ profile, rule, kind = 'CiliumNetworkPolicy', code }) => {
      const call = on(profile, rule, kind);
      if (code === undefined) {
        expect(call).not.toThrow();
      } else {
        expectRefusal(call, code);
      }
    },
  );

  test('a refusal says what to turn on', () => {
    const profile = { engine: 'cilium', acns: 'FQDN' } as const;
    expect(refusal(on(profile, filtered, 'CiliumNetworkPolicy')).message).toMatchInlineSnapshot(
      `"CiliumNetworkPolicy shop/p rules[0].http: rules about requests of HTTP need Advanced Container Networking Services in the mode L7; without it the cluster refuses or blocks them; got acns: FQDN; run az aks update --enable-acns --acns-advanced-networkpolicies L7, and write acns: 'L7' in the profile [acns-policies-off]"`,
    );
  });
});
