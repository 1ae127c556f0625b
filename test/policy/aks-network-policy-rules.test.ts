import {
  AksNetworkPolicy,
  EgressRule,
  IngressRule,
  type NetworkPolicyIngressRule,
  Peer,
  Port,
} from 'cdk8s-aks-network-policy';
import { chart, expectRefusal, specOf } from '../support/synth';
import { fromWeb, web } from './from-web';

/** What rules write into a policy, and which are refused. */

describe('rules', () => {
  test.each([
    { why: 'no rule denies ingress and leaves egress alone', rules: [], is: { policyTypes: ['Ingress'] } },
    {
      why: 'allow all ingress',
      rules: [IngressRule.allowAll()],
      is: { policyTypes: ['Ingress'], ingress: [{}] },
    },
    { why: 'deny all ingress', rules: [IngressRule.denyAll()], is: { policyTypes: ['Ingress'] } },
    {
      why: 'allow all egress',
      rules: [EgressRule.allowAll()],
      is: { policyTypes: ['Egress'], egress: [{}] },
    },
    {
      why: 'deny all egress leaves ingress alone',
      rules: [EgressRule.denyAll()],
      is: { policyTypes: ['Egress'] },
    },
    {
      why: 'deny both, in the order of the rules',
      rules: [EgressRule.denyAll(), IngressRule.denyAll()],
      is: { policyTypes: ['Egress', 'Ingress'] },
    },
    {
      why: 'custom without sources denies and writes no entry',
      rules: [IngressRule.allow({ from: [], ports: [Port.tcp(80)] })],
      is: { policyTypes: ['Ingress'] },
    },
    {
      why: 'custom without destinations denies and writes no entry',
      rules: [EgressRule.allow({ to: [] })],
      is: { policyTypes: ['Egress'] },
    },
    {
      why: 'anywhere writes an entry without peers',
      rules: [IngressRule.allow({ from: [Peer.anywhere()], ports: [Port.tcp(80)] })],
      is: { policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'TCP', port: 80 }] }] },
    },
    {
      why: 'anywhere beside another peer is still anywhere',
      rules: [EgressRule.allow({ to: [Peer.ipBlock('10.0.0.0/8'), Peer.anywhere()] })],
      is: { policyTypes: ['Egress'], egress: [{}] },
    },
    {
      why: 'several peers and ports in one rule',
      rules: [
        IngressRule.allow({
          from: [Peer.sameNamespace(web), Peer.ipBlock('10.0.0.0/8')],
          ports: [Port.tcp(80), Port.allUdp()],
        }),
      ],
      is: {
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { app: 'web' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }],
            ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'UDP' }],
          },
        ],
      },
    },
    {
      why: 'rules of both types, each in its order',
      rules: [
        EgressRule.allow({ to: [Peer.sameNamespace()] }),
        fromWeb,
        IngressRule.allow({ from: [Peer.sameNamespace()], ports: [Port.named('http')] }),
      ],
      is: {
        policyTypes: ['Egress', 'Ingress'],
        ingress: [
          { from: [{ podSelector: { matchLabels: { app: 'web' } } }] },
          { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 'http' }] },
        ],
        egress: [{ to: [{ podSelector: {} }] }],
      },
    },
  ])('$why', ({ rules, is }) => {
    const shop = chart();
    new AksNetworkPolicy(shop, 'p', { rules });
    expect(specOf(shop)).toEqual({ podSelector: {}, ...is });
  });

  test('a rule added later appears', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p', { podSelector: web });
    policy.addRule(fromWeb).addRule(EgressRule.denyAll());
    expect(policy.rules.map(({ type, preset }) => `${type} ${preset}`)).toEqual([
      'Ingress custom',
      'Egress deny-all',
    ]);
    expect(specOf(shop)).toEqual({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
    });
  });

  test.each([
    {
      why: 'no port, which could mean every port or none',
      call: () => IngressRule.allow({ from: [Peer.anywhere()], ports: [] }),
      code: 'ports-empty',
      words: ['[Port.all()]', 'denyAll()'],
    },
    {
      why: 'no list of peers',
      call: () => EgressRule.allow({} as never),
      code: 'peers-missing',
      words: ['to: [...]', 'Peer.anywhere()'],
    },
    {
      why: 'a selector as a peer',
      call: () => IngressRule.allow({ from: [web as never] }),
      code: 'peer-unreadable',
      words: ['Peer.sameNamespace'],
    },
    {
      why: 'a peer whose parentheses are missing',
      call: () => IngressRule.allow({ from: [Peer.anywhere as never] }),
      code: 'peer-unreadable',
      words: ['got the function anywhere;'],
    },
    {
      why: 'an entry of a manifest as a port',
      call: () => IngressRule.allow({ from: [], ports: [{ port: 80 } as never] }),
      code: 'type-mismatch',
      words: ['Port.tcp'],
    },
    {
      why: 'a misspelt option, which would leave every port open',
      call: () => IngressRule.allow({ from: [Peer.anywhere()], port: [Port.tcp(80)] } as never),
      code: 'field-unknown',
      words: ['port', 'did you mean "ports"?'],
    },
    {
      why: 'ports that are null',
      call: () => IngressRule.allow({ from: [], ports: null as never }),
      code: 'type-mismatch',
      words: ['ports'],
    },
    {
      why: 'a set of ports',
      call: () => IngressRule.allow({ from: [], ports: new Set([Port.tcp(80)]) as never }),
      code: 'type-mismatch',
      words: ['a Set'],
    },
    {
      why: 'a rule as a port',
      call: () => IngressRule.allow({ from: [], ports: [IngressRule.allowAll() as never] }),
      code: 'type-mismatch',
      words: ['ports[0]', 'a IngressRule'],
    },
    {
      why: 'a peer without brackets',
      call: () => EgressRule.allow({ to: Peer.sameNamespace() as never }),
      code: 'peers-missing',
      words: ['put it in brackets'],
    },
    { why: 'nothing', call: () => (IngressRule.allow as () => unknown)(), code: 'type-mismatch', words: [] },
    {
      why: 'something that only looks like a rule',
      call: () =>
        new AksNetworkPolicy(chart(), 'p', { rules: [{ type: 'Ingress', toSpec: () => ({}) } as never] }),
      code: 'type-mismatch',
      words: ['rules[0]'],
    },
    {
      why: 'a rule without brackets',
      call: () => new AksNetworkPolicy(chart(), 'p', { rules: IngressRule.allowAll() as never }),
      code: 'type-mismatch',
      words: ['rules'],
    },
  ] as const)('$why is refused', ({ call, code, words }) => {
    expectRefusal(call, code, ...words);
  });
});

test('a value cannot be widened after it was given', () => {
  const rule = IngressRule.allow({
    from: [Peer.ipBlock('10.0.0.0/8', { except: ['10.1.0.0/16'] }), Peer.sameNamespace(web)],
    ports: [Port.tcp(80)],
  });
  const before = JSON.stringify(rule.toSpec('shop'));
  const mutable = (value: unknown) => value as Record<string, unknown> & unknown[];
  const entry = rule.toSpec('shop') as NetworkPolicyIngressRule;
  expect(() => mutable(entry.from?.[0]?.ipBlock?.except).pop()).toThrow(TypeError);
  expect(() => delete mutable(entry.from?.[1]?.podSelector?.matchLabels).app).toThrow(TypeError);
  expect(() => delete mutable(entry.ports?.[0]).port).toThrow(TypeError);
  expect(() => mutable(rule.ports).pop()).toThrow(TypeError);
  expect(() => mutable(rule.peers).pop()).toThrow(TypeError);
  expect(JSON.stringify(rule.toSpec('shop'))).toBe(before);
});
