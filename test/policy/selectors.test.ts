import {
  AksNetworkPolicy,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
} from 'cdk8s-aks-network-policy';
import { chart, expectRefusal, specOf } from '../support/synth';

const NAME = 'kubernetes.io/metadata.name';

test('bare labels select what has all of them, wherever a selector is due', () => {
  const labels = { app: 'web', 'app.kubernetes.io/part-of': 'shop' };
  const matchLabels = { matchLabels: labels };
  expect(PodSelector.of(labels).toLabelSelector()).toEqual(matchLabels);
  expect(NamespaceSelector.of(labels).toLabelSelector()).toEqual(matchLabels);
  const shop = chart({ namespace: 'shop' });
  new AksNetworkPolicy(shop, 'p', {
    podSelector: { app: 'db' },
    rules: [
      IngressRule.allow({
        from: [Peer.sameNamespace({ app: 'web' }), Peer.otherNamespaces({ namespaces: { team: 'ops' } })],
      }),
    ],
  });
  expect(specOf(shop)).toEqual({
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { app: 'web' } } },
          { namespaceSelector: { matchLabels: { team: 'ops' } } },
        ],
      },
    ],
  });
});

describe('pods', () => {
  test.each([
    { why: 'labels', selector: PodSelector.labels({ app: 'web' }), is: { matchLabels: { app: 'web' } } },
    {
      why: 'requirements',
      selector: PodSelector.matching([{ key: 'tier', operator: 'In', values: ['front', 'edge'] }]),
      is: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'edge'] }] },
    },
    {
      why: 'labels and requirements',
      selector: PodSelector.labels({ app: 'web' }).matching([{ key: 'canary', operator: 'DoesNotExist' }]),
      is: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'canary', operator: 'DoesNotExist' }] },
    },
    {
      why: 'requirements and labels',
      selector: PodSelector.matching([{ key: 'canary', operator: 'Exists' }]).labels({ app: 'web' }),
      is: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'canary', operator: 'Exists' }] },
    },
    {
      why: 'labels twice, the same key with two values, of which neither is lost',
      selector: PodSelector.labels({ app: 'web' }).labels({ app: 'api', tier: 'front' }),
      is: {
        matchLabels: { app: 'web', tier: 'front' },
        matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }],
      },
    },
    { why: 'everything', selector: PodSelector.all(), is: {} },
    {
      why: 'an empty label value',
      selector: PodSelector.labels({ canary: '' }),
      is: { matchLabels: { canary: '' } },
    },
    {
      why: 'a plain selector',
      selector: PodSelector.of({ matchLabels: { app: 'web' }, matchExpressions: [] }),
      is: { matchLabels: { app: 'web' } },
    },
  ])('$why', ({ selector, is }) => {
    expect(selector.toLabelSelector()).toEqual(is);
  });

  test('a selector keeps what it was made of, whatever happens to the input', () => {
    const labels: Record<string, string> = { app: 'web' };
    const values = ['a'];
    const selector = PodSelector.labels(labels).matching([{ key: 'tier', operator: 'In', values }]);
    labels.app = 'db';
    values.push('b');
    expect(selector.toLabelSelector()).toEqual({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }],
    });
  });

  test('blank is what matches everything without saying so', () => {
    expect(PodSelector.of({}).isBlank).toBe(true);
    expect(PodSelector.labels({}).isBlank).toBe(true);
    expect(PodSelector.all().isBlank).toBe(false);
    expect(PodSelector.labels({ app: 'web' }).isBlank).toBe(false);
  });

  test.each([
    {
      why: 'a label key with a space',
      call: () => PodSelector.labels({ 'a b': 'x' }),
      code: 'label-key-invalid',
    },
    { why: 'an empty label key', call: () => PodSelector.labels({ '': 'x' }), code: 'label-key-invalid' },
    {
      why: 'a label value of 64',
      call: () => PodSelector.labels({ a: 'x'.repeat(64) }),
      code: 'label-value-invalid',
    },
    {
      why: 'a label value with "!"',
      call: () => PodSelector.labels({ a: 'no!' }),
      code: 'label-value-invalid',
    },
    {
      why: 'a number as a label',
      call: () => PodSelector.labels({ tier: 1 as never }),
      code: 'type-mismatch',
    },
    {
      why: 'labels that are no object',
      call: () => PodSelector.labels('app=web' as never),
      code: 'type-mismatch',
    },
    {
      why: 'an operator of another language',
      call: () => PodSelector.matching([{ key: 'a', operator: 'Equals', values: ['x'] }]),
      code: 'operator-unknown',
    },
    {
      why: 'In without values',
      call: () => PodSelector.matching([{ key: 'a', operator: 'In' }]),
      code: 'values-missing',
    },
    {
      why: 'Exists with values',
      call: () => PodSelector.matching([{ key: 'a', operator: 'Exists', values: ['x'] }]),
      code: 'values-not-allowed',
    },
    {
      why: 'a misspelt field of a selector with a text, which may be a label',
      call: () => PodSelector.of({ matchlabels: 'web' }),
      code: 'selector-unreadable',
    },
    {
      why: 'a misspelt field of a selector',
      call: () => PodSelector.of({ matchLabel: { app: 'web' } } as never),
      code: 'field-unknown',
    },
    {
      why: 'labels beside a selector',
      call: () => PodSelector.of({ app: 'web', matchLabels: {} } as never),
      code: 'field-unknown',
    },
    {
      why: 'a label without a value',
      call: () => PodSelector.of({ app: undefined } as never),
      code: 'type-mismatch',
    },
    {
      why: 'a label with a number',
      call: () => PodSelector.of({ app: 1 } as never),
      code: 'type-mismatch',
    },
    { why: 'a string', call: () => PodSelector.of('web' as never), code: 'selector-unreadable' },
    { why: 'nothing', call: () => PodSelector.of(undefined as never), code: 'selector-unreadable' },
    { why: 'no labels at all', call: () => PodSelector.labels(undefined as never), code: 'type-mismatch' },
    {
      why: 'a map of labels',
      call: () => PodSelector.labels(new Map([['a', 'b']]) as never),
      code: 'type-mismatch',
    },
    {
      why: 'null as a label, which cdk8s would leave out',
      call: () => PodSelector.labels({ app: null as never }),
      code: 'type-mismatch',
    },
    {
      why: 'null as a value',
      call: () => PodSelector.matching([{ key: 'a', operator: 'In', values: [null as never] }]),
      code: 'type-mismatch',
    },
    { why: 'no requirements', call: () => PodSelector.matching(undefined as never), code: 'type-mismatch' },
    {
      why: 'a promise of a selector',
      call: () => PodSelector.of(Promise.resolve({}) as never),
      code: 'selector-unreadable',
    },
    {
      why: 'a selector of namespaces',
      call: () => PodSelector.of(NamespaceSelector.named('a') as never),
      code: 'selector-unreadable',
    },
  ] as const)('$why is refused', ({ call, code }) => {
    expectRefusal(call, code);
  });
});

describe('namespaces', () => {
  test.each([
    { why: 'one by name', selector: NamespaceSelector.named('a'), is: { matchLabels: { [NAME]: 'a' } } },
    {
      why: 'several by name',
      selector: NamespaceSelector.named('a', 'b'),
      is: { matchExpressions: [{ key: NAME, operator: 'In', values: ['a', 'b'] }] },
    },
    {
      why: 'every one but two, in the form that every engine enforces',
      selector: NamespaceSelector.except('a', 'b'),
      is: {
        matchExpressions: [
          { key: NAME, operator: 'Exists' },
          { key: NAME, operator: 'NotIn', values: ['a'] },
          { key: NAME, operator: 'NotIn', values: ['b'] },
        ],
      },
    },
    {
      why: 'by label',
      selector: NamespaceSelector.labels({ team: 'x' }),
      is: { matchLabels: { team: 'x' } },
    },
    {
      why: 'by requirement',
      selector: NamespaceSelector.matching([{ key: 'env', operator: 'NotIn', values: ['prod'] }]),
      is: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
    },
    {
      why: 'every one but one, of a team',
      selector: NamespaceSelector.except('a').labels({ team: 'x' }),
      is: {
        matchLabels: { team: 'x' },
        matchExpressions: [
          { key: NAME, operator: 'Exists' },
          { key: NAME, operator: 'NotIn', values: ['a'] },
        ],
      },
    },
    { why: 'all', selector: NamespaceSelector.all(), is: {} },
    {
      why: 'a plain selector',
      selector: NamespaceSelector.of({ matchLabels: { team: 'x' } }),
      is: { matchLabels: { team: 'x' } },
    },
  ])('$why', ({ selector, is }) => {
    expect(selector.toLabelSelector()).toEqual(is);
  });

  test.each([
    {
      why: 'no name, which others turn into everybody',
      call: () => NamespaceSelector.named(),
      code: 'namespace-names-missing',
    },
    { why: 'no exception', call: () => NamespaceSelector.except(), code: 'namespace-names-missing' },
    { why: 'a name with a dot', call: () => NamespaceSelector.named('a.b'), code: 'namespace-invalid' },
    { why: 'a name in capitals', call: () => NamespaceSelector.except('Shop'), code: 'namespace-invalid' },
    { why: 'an empty name', call: () => NamespaceSelector.named(''), code: 'namespace-missing' },
    {
      why: 'a selector of pods',
      call: () => NamespaceSelector.of(PodSelector.all() as never),
      code: 'selector-unreadable',
    },
    { why: 'a list as a name', call: () => NamespaceSelector.named(['a'] as never), code: 'type-mismatch' },
  ] as const)('$why is refused', ({ call, code }) => {
    expectRefusal(call, code);
  });
});
