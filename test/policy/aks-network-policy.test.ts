import { ApiObject, App, Chart, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import {
  AksNetworkPolicy,
  EgressRule,
  Findings,
  IngressRule,
  type NetworkPolicyIngressRule,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import { Deployment } from 'cdk8s-plus-28';
import { chart, expectRefusal, policiesOf, specOf } from '../support/synth';

const web = PodSelector.labels({ app: 'web' });
const fromWeb = IngressRule.allow({ from: [Peer.sameNamespace(web)] });

/** A workload of another namespace than the one its chart's policies are in. */
function otherWorkload(): Deployment {
  return new Deployment(chart({ namespace: 'other' }), 'web', { containers: [{ image: 'web' }] });
}

describe('scope', () => {
  test("the name is the id, as it is, and the namespace is the chart's", () => {
    const shop = chart({ namespace: 'shop' });
    new AksNetworkPolicy(shop, 'allow-web');
    expect(policiesOf(shop)[0]?.metadata).toEqual({ name: 'allow-web', namespace: 'shop' });
  });

  test('without a namespace anywhere it is default, and says so', () => {
    const shop = chart();
    new AksNetworkPolicy(shop, 'p');
    expect(policiesOf(shop)[0]?.metadata.namespace).toBe('default');
  });

  test("name, namespace, labels and annotations as given, beside the chart's labels", () => {
    const shop = chart({ namespace: 'shop', labels: { team: 'store' } });
    new AksNetworkPolicy(shop, 'AnyId', {
      name: 'allow.web.v1',
      namespace: 'other',
      labels: { app: 'web' },
      annotations: { 'example.com/Why': 'because it must' },
    });
    expect(policiesOf(shop)[0]?.metadata).toEqual({
      name: 'allow.web.v1',
      namespace: 'other',
      labels: { team: 'store', app: 'web' },
      annotations: { 'example.com/Why': 'because it must' },
    });
  });

  test('two policies of one name may be in two namespaces', () => {
    const shop = chart();
    new AksNetworkPolicy(shop, 'a', { name: 'p', namespace: 'a' });
    new AksNetworkPolicy(shop, 'b', { name: 'p', namespace: 'b' });
    expect(policiesOf(shop)).toHaveLength(2);
  });

  test('two policies of one name in one namespace fail synth with both paths', () => {
    const shop = chart({ namespace: 'shop' });
    new AksNetworkPolicy(shop, 'a', { name: 'p' });
    new AksNetworkPolicy(shop, 'b', { name: 'p' });
    expect(() => Testing.synth(shop)).toThrow(/both are named shop\/p.*shop\/a and shop\/b/);
  });

  test('nor may one be written by somebody else', () => {
    const shop = chart({ namespace: 'shop' });
    new AksNetworkPolicy(shop, 'p');
    new ApiObject(shop, 'raw', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p' },
    });
    expect(() => Testing.synth(shop)).toThrow('shop/p and shop/raw');
  });

  test('a policy that was taken out again leaves its name free, and no finding', () => {
    const shop = chart({ namespace: 'shop' });
    new AksNetworkPolicy(shop, 'p', { podSelector: {} });
    shop.node.tryRemoveChild('p');
    new AksNetworkPolicy(shop, 'p');
    expect(policiesOf(shop)).toHaveLength(1);
    expect(Findings.of(shop).list()).toEqual([]);
  });

  test.each([
    { why: 'in two charts', type: YamlOutputType.FILE_PER_RESOURCE, ids: ['a', 'b'] },
    { why: 'in one chart', type: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ids: ['a', 'a'] },
  ])('policies that cdk8s would write to one file fail synth: $why', ({ type, ids }) => {
    const app = new App({ outdir: Testing.app().outdir, yamlOutputType: type });
    ids.forEach((id, i) => {
      const at = (app.node.tryFindChild(id) as Chart | undefined) ?? new Chart(app, id);
      new AksNetworkPolicy(at, `p${i}`, { name: 'default-deny', namespace: `n${i}` });
    });
    expect(() => app.synth()).toThrow(
      /would be written to .*NetworkPolicy\.default-deny.* \[policy-file-shared\]/,
    );
  });

  test('a refused rule leaves no half policy behind', () => {
    const shop = chart();
    const foreign = IngressRule.allow({ from: [Peer.sameNamespace(otherWorkload())] });
    expectRefusal(
      () => new AksNetworkPolicy(shop, 'p', { rules: [IngressRule.allowAll(), foreign] }),
      'selector-in-other-namespace',
      'shop/p rules[1].from[0]',
    );
    expect(policiesOf(shop)).toEqual([]);
  });

  test.each([
    { why: 'a bad label of the chart', labels: { 'a b': 'x' }, code: 'label-key-invalid' },
    { why: 'a null as a label', labels: { a: null as never }, code: 'type-mismatch' },
  ] as const)('$why is refused at the policy', ({ labels, code }) => {
    expectRefusal(() => new AksNetworkPolicy(chart({ labels }), 'p'), code, 'shop/p labels');
  });

  test.each([
    { why: 'a name in capitals', props: { name: 'Deny_All' }, code: 'name-invalid', word: '"deny-all"' },
    { why: 'an empty name', props: { name: '' }, code: 'name-missing', word: 'AksNetworkPolicy shop/p name' },
    { why: 'a name of 254', props: { name: 'a'.repeat(254) }, code: 'name-invalid', word: '253' },
    { why: 'a namespace with a dot', props: { namespace: 'a.b' }, code: 'namespace-invalid', word: '"a-b"' },
    {
      why: 'a bad label',
      props: { labels: { x: 'bad value' } },
      code: 'label-value-invalid',
      word: 'bad value',
    },
    {
      why: 'a bad annotation key',
      props: { annotations: { 'a b': '' } },
      code: 'annotation-key-invalid',
      word: 'a b',
    },
    {
      why: 'more annotations than fit',
      props: { annotations: { a: 'é'.repeat(131_072) } },
      code: 'annotations-too-large',
      word: '262145 bytes',
    },
    {
      why: 'a peer as a rule',
      props: { rules: [Peer.anywhere() as never] },
      code: 'type-mismatch',
      word: 'IngressRule',
    },
    {
      why: 'a misspelt prop, which would select every pod',
      props: { podSelctor: { matchLabels: { app: 'db' } } } as never,
      code: 'field-unknown',
      word: 'did you mean podSelector?',
    },
    { why: 'null', props: null as never, code: 'type-mismatch', word: 'AksNetworkPolicy shop/p' },
    {
      why: 'null for labels',
      props: { labels: null as never },
      code: 'type-mismatch',
      word: 'shop/p labels',
    },
    {
      why: 'a list of labels',
      props: { labels: ['a'] as never },
      code: 'type-mismatch',
      word: 'shop/p labels',
    },
  ] as const)('$why is refused', ({ props, code, word }) => {
    expectRefusal(() => new AksNetworkPolicy(chart(), 'p', props), code, word);
  });

  test('props of a subclass may have more', () => {
    const props = { podSelector: web, role: 'db', owner: 'platform' };
    expect(new AksNetworkPolicy(chart(), 'p', props).podSelector).toBe(web);
  });

  test('an id that is no name is refused as one', () => {
    expectRefusal(
      () => new AksNetworkPolicy(chart(), 'AllowWeb'),
      'name-invalid',
      "the construct's id",
      '"allow-web"',
    );
  });
});

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
      words: ['leave ports out', 'denyAll()'],
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
      why: 'a number as a port',
      call: () => IngressRule.allow({ from: [], ports: [80 as never] }),
      code: 'type-mismatch',
      words: ['Port.tcp'],
    },
    {
      why: 'a misspelt option, which would leave every port open',
      call: () => IngressRule.allow({ from: [Peer.anywhere()], port: [Port.tcp(80)] } as never),
      code: 'field-unknown',
      words: ['port', 'from, ports'],
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
  mutable(entry.from?.[0]?.ipBlock?.except).pop();
  delete mutable(entry.from?.[1]?.podSelector?.matchLabels).app;
  delete mutable(entry.ports?.[0]).port;
  expect(() => mutable(rule.traffic?.ports).pop()).toThrow(TypeError);
  expect(() => mutable(rule.traffic?.peers).pop()).toThrow(TypeError);
  expect(JSON.stringify(rule.toSpec('shop'))).toBe(before);
});

describe('escape hatches', () => {
  test('a JSON patch gives exactly what it says, port and all', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p', { rules: [fromWeb] });
    ApiObject.of(policy).addJsonPatch(
      JsonPatch.replace('/spec/ingress', [{ ports: [{ port: 80, protocol: 'TCP' }, { port: 'http' }] }]),
      JsonPatch.add('/metadata/finalizers', ['example.com/x']),
    );
    const [manifest] = policiesOf(shop);
    expect(manifest?.spec?.ingress).toEqual([{ ports: [{ port: 80, protocol: 'TCP' }, { port: 'http' }] }]);
    expect(manifest?.metadata).toMatchObject({ finalizers: ['example.com/x'] });
  });

  test('a dependency orders the objects', () => {
    const shop = chart();
    const first = new AksNetworkPolicy(shop, 'first');
    const second = new AksNetworkPolicy(shop, 'second');
    first.addDependency(second);
    expect(policiesOf(shop).map(({ metadata }) => metadata.name)).toEqual(['second', 'first']);
  });

  test('metadata can be changed after construction', () => {
    const shop = chart();
    new AksNetworkPolicy(shop, 'p').metadata.addAnnotation('a', 'b');
    expect(policiesOf(shop)[0]?.metadata.annotations).toEqual({ a: 'b' });
  });
});

test('values that YAML 1.1 reads as something else are quoted', () => {
  const policy = new AksNetworkPolicy(chart(), 'p', { podSelector: { matchLabels: { y: 'no', on: '1e3' } } });
  expect(policy.chart.toJson()[0].spec.podSelector.matchLabels).toEqual({ y: 'no', on: '1e3' });
  const yaml = (policy.node.root as App).synthYaml();
  expect(yaml).toContain('"y": "no"');
  expect(yaml).toContain('"on": "1e3"');
});
