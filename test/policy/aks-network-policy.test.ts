import { ApiObject, App, Chart, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { AksNetworkPolicy, Findings, IngressRule, Peer } from 'cdk8s-aks-network-policy';
import { Deployment } from 'cdk8s-plus-28';
import { chart, expectRefusal, policiesOf } from '../support/synth';
import { fromWeb, web } from './from-web';

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
      word: 'did you mean "podSelector"?',
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
