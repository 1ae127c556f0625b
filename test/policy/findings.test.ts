import * as cdk8s from 'cdk8s';
import { App, Chart, Testing } from 'cdk8s';
import {
  AksNetworkPolicy,
  type AksNetworkPolicyProps,
  EgressRule,
  Findings,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
} from 'cdk8s-aks-network-policy';
import { chart, expectRefusal, refusal } from '../support/synth';

const allow = (...from: Peer[]) => ({ rules: [IngressRule.allow({ from })] });

function findingsOf(props: AksNetworkPolicyProps): string[] {
  const policy = new AksNetworkPolicy(chart(), 'p', props);
  return Findings.of(policy)
    .list()
    .map(({ code, at }) => `${at} ${code}`);
}

test.each([
  { why: 'a custom rule without sources', props: allow(), is: ['rules[0] custom-rule-without-peers'] },
  {
    why: 'a custom rule without destinations',
    props: { rules: [EgressRule.allow({ to: [] })] },
    is: ['rules[0] custom-rule-without-peers'],
  },
  { why: 'a blank pod selector', props: { podSelector: {} }, is: ['podSelector blank-selector'] },
  { why: 'blank labels', props: { podSelector: PodSelector.labels({}) }, is: ['podSelector blank-selector'] },
  {
    why: 'a blank selector in a peer',
    props: allow(Peer.sameNamespace({})),
    is: ['rules[0].from[0] blank-selector'],
  },
  {
    why: 'blank selectors for namespaces and pods',
    props: allow(Peer.anywhere(), Peer.otherNamespaces({ namespaces: {}, pods: {} })),
    is: [
      'rules[0].from[1] blank-selector',
      'rules[0].from[1] blank-selector',
      'rules[0].from[1] all-namespaces-include-own',
    ],
  },
  {
    why: 'all namespaces',
    props: allow(Peer.otherNamespaces()),
    is: ['rules[0].from[0] all-namespaces-include-own'],
  },
  {
    why: 'a deny preset before a rule that allows',
    props: { rules: [IngressRule.denyAll(), IngressRule.allowAll()] },
    is: ['rules[0] deny-preset-void'],
  },
  {
    why: 'a deny preset after a rule that allows',
    props: { rules: [...allow(Peer.sameNamespace()).rules, EgressRule.denyAll(), IngressRule.denyAll()] },
    is: ['rules[2] deny-preset-void'],
  },
  {
    why: 'the address of a pod',
    props: allow(Peer.ipBlock('203.0.113.0/24'), Peer.ipBlock('10.244.0.7/32')),
    is: ['rules[0].from[1] pod-address-in-ip-block'],
  },
  {
    why: 'the IPv6 address of a pod',
    props: allow(Peer.ipBlock('fd12::7/128')),
    is: ['rules[0].from[0] pod-address-in-ip-block'],
  },
])('$why is a finding', ({ props, is }) => {
  expect(findingsOf(props)).toEqual(is);
});

test.each([
  { why: 'no props', props: {} },
  {
    why: 'every pod, said',
    props: { podSelector: PodSelector.all(), ...allow(Peer.sameNamespace(PodSelector.all())) },
  },
  {
    why: 'every other namespace',
    props: allow(Peer.otherNamespaces({ namespaces: NamespaceSelector.except('default') })),
  },
  { why: 'a public address', props: allow(Peer.ipBlock('203.0.113.7/32')) },
  { why: 'a private range', props: allow(Peer.ipBlock('10.0.0.0/8')) },
  {
    why: 'a deny preset of the other type',
    props: { rules: [IngressRule.denyAll(), EgressRule.allowAll()] },
  },
  { why: 'two denials', props: { rules: [IngressRule.denyAll(), IngressRule.denyAll()] } },
  { why: 'anywhere, said', props: allow(Peer.anywhere()) },
])('$why is none', ({ props }) => {
  expect(findingsOf(props)).toEqual([]);
});

test('a finding tells the construct, the line of the user and what to write', () => {
  const shop = chart();
  const policy = new AksNetworkPolicy(shop, 'p');
  policy.addRule(IngressRule.allow({ from: [Peer.ipBlock('10.0.0.4/32')] }));
  const [finding] = Findings.of(shop).list();
  expect(finding).toMatchObject({ code: 'pod-address-in-ip-block', path: 'shop/p', reason: undefined });
  expect(finding?.source).toMatch(/^test\/policy\/findings\.test\.ts:\d+:\d+$/);
  expect(finding?.message).toMatchInlineSnapshot(
    `"10.0.0.4/32: an IP block of one private address is probably a pod, whose address changes; on cilium it never matches a pod; select the pods by labels, or acknowledge a fixed address"`,
  );
});

test('the line is that of the source, not of what a test runner makes of it', () => {
  const shop = chart();
  const here = /findings\.test\.ts:\d+/.exec(new Error().stack ?? '')?.[0] ?? '';
  new AksNetworkPolicy(shop, 'p', { podSelector: {} });
  const next = here.replace(/\d+$/, (line) => `${Number(line) + 1}`);
  expect(Findings.of(shop).list()[0]?.source).toContain(`${next}:`);
});

test('findings are those at and under the construct that is asked', () => {
  const app = Testing.app();
  const one = new Chart(app, 'one');
  const two = new Chart(app, 'two');
  new AksNetworkPolicy(one, 'p', { podSelector: {} });
  new AksNetworkPolicy(two, 'q', { podSelector: {} });
  expect(
    Findings.of(app)
      .list()
      .map(({ path }) => path),
  ).toEqual(['one/p', 'two/q']);
  expect(
    Findings.of(two)
      .list()
      .map(({ path }) => path),
  ).toEqual(['two/q']);
});

describe('acknowledging', () => {
  test('takes the finding from the list and keeps the reason', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p', { podSelector: {}, ...allow(Peer.otherNamespaces()) });
    Findings.of(policy).acknowledge('blank-selector', { reason: 'every pod is meant' });
    expect(
      Findings.of(shop)
        .list()
        .map(({ code }) => code),
    ).toEqual(['all-namespaces-include-own']);
    expect(Findings.of(shop).acknowledged()).toMatchObject([
      { code: 'blank-selector', path: 'shop/p', reason: 'every pod is meant' },
    ]);
  });

  test('the reason of the nearest scope counts', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p', { podSelector: {} });
    Findings.of(shop).acknowledge('blank-selector', { reason: 'in general' });
    Findings.of(policy).acknowledge('blank-selector', { reason: 'in particular' });
    expect(Findings.of(shop).acknowledged()).toMatchObject([{ reason: 'in particular' }]);
  });

  test('holds for rules added later, and not for other policies', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p');
    new AksNetworkPolicy(shop, 'q', allow());
    Findings.of(policy).acknowledge('custom-rule-without-peers', { reason: 'filled in by another team' });
    policy.addRule(EgressRule.allow({ to: [] }));
    expect(
      Findings.of(shop)
        .list()
        .map(({ path }) => path),
    ).toEqual(['shop/q']);
  });

  test.each([
    { until: '2999-12-31', open: 0 },
    { until: new Date().toISOString().slice(0, 10), open: 0 },
    { until: '2020-02-29', open: 1 },
  ])('until $until leaves $open open', ({ until, open }) => {
    const shop = chart();
    new AksNetworkPolicy(shop, 'p', { podSelector: {} });
    Findings.of(shop).acknowledge('blank-selector', { reason: 'for now', until });
    expect(Findings.of(shop).list()).toHaveLength(open);
    expect(Findings.of(shop).acknowledged()).toHaveLength(1 - open);
  });

  test('one that is over leaves the word to the scope around it', () => {
    const shop = chart();
    const policy = new AksNetworkPolicy(shop, 'p', { podSelector: {} });
    Findings.of(shop).acknowledge('blank-selector', { reason: 'in general' });
    Findings.of(policy).acknowledge('blank-selector', { reason: 'for now', until: '2020-02-29' });
    expect(Findings.of(shop).acknowledged()).toMatchObject([{ reason: 'in general' }]);
  });

  test('takes every rule of the catalogue, and asks whether a neighbour was meant', () => {
    Findings.of(chart()).acknowledge('selects-no-workload', { reason: 'the pods come later' });
    const misspelt = () => Findings.of(chart()).acknowledge('blank-selectors' as never, { reason: 'x' });
    expect(refusal(misspelt).message).toContain('did you mean "blank-selector"?');
  });

  test.each([
    { why: 'a code that does not exist', call: () => ['nonsense', { reason: 'x' }], code: 'finding-unknown' },
    { why: 'a code of every object', call: () => ['toString', { reason: 'x' }], code: 'finding-unknown' },
    { why: 'no reason', call: () => ['blank-selector', { reason: ' ' }], code: 'reason-missing' },
    {
      why: 'a day that no month has',
      call: () => ['blank-selector', { reason: 'x', until: '2027-02-30' }],
      code: 'date-invalid',
    },
    {
      why: 'a day in other words',
      call: () => ['blank-selector', { reason: 'x', until: 'tomorrow' }],
      code: 'date-invalid',
    },
    {
      why: 'an option nobody knows',
      call: () => ['blank-selector', { reason: 'x', untill: '2027-02-28' }],
      code: 'field-unknown',
    },
    { why: 'no options', call: () => ['blank-selector'], code: 'reason-missing' },
  ] as const)('$why is refused', ({ call, code }) => {
    const [finding, options] = call();
    expectRefusal(() => Findings.of(chart()).acknowledge(finding as never, options as never), code);
  });
});

describe('printing', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());

  function app(): App {
    const app = new App({ outdir: Testing.app().outdir });
    for (const id of ['one', 'two', 'three']) {
      new AksNetworkPolicy(new Chart(app, id, { namespace: id }), 'p', { podSelector: {} });
    }
    return app;
  }

  test('app.synth() prints each finding once on standard error, however many charts', () => {
    app().synth();
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(
      /^3 findings in network policies\n {2}one\/p podSelector \(test\/policy\/findings\.test\.ts:\d+:\d+\)\n/,
    );
    expect(written[0]?.match(/\[blank-selector\]/g)).toHaveLength(3);
  });

  test('app.synthYaml() prints them too, and returns the manifests alone', () => {
    expect(app().synthYaml()).not.toContain('finding');
    expect(written).toHaveLength(1);
  });

  test("a unit test's synth prints nothing", () => {
    Testing.synth(app().charts[0] as Chart);
    expect(written).toEqual([]);
  });

  test('two copies of the package print each finding once, and know each other', () => {
    const all = app();
    jest.isolateModules(() => {
      // Two copies of this package, one of cdk8s: as npm installs them.
      jest.doMock('cdk8s', () => cdk8s);
      const copy = require('cdk8s-aks-network-policy') as typeof import('cdk8s-aks-network-policy');
      expect(copy.AksNetworkPolicy).not.toBe(AksNetworkPolicy);
      const policy = new copy.AksNetworkPolicy(all.charts[0] as Chart, 'q', { podSelector: {} });
      policy.addRule(IngressRule.allowAll());
      copy.Findings.of(policy).acknowledge('blank-selector', { reason: 'from the copy' });
    });
    all.synth();
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('3 findings');
    expect(Findings.of(all).acknowledged()).toMatchObject([{ reason: 'from the copy' }]);
  });

  test('nothing is printed when nothing is found', () => {
    const app = new App({ outdir: Testing.app().outdir });
    new AksNetworkPolicy(new Chart(app, 'c'), 'p');
    app.synth();
    expect(written).toEqual([]);
  });

  test('nothing is printed when everything is acknowledged', () => {
    const all = app();
    Findings.of(all).acknowledge('blank-selector', { reason: 'meant' });
    all.synth();
    expect(written).toEqual([]);
  });
});
