import type { Chart } from 'cdk8s';
import {
  AksNetworkPolicy,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
} from 'cdk8s-aks-network-policy';
import * as plus28 from 'cdk8s-plus-28';
import * as plus33 from 'cdk8s-plus-33';
import { chart, expectRefusal, specOf } from '../support/synth';

const NAME = 'kubernetes.io/metadata.name';

/** What cdk8s-plus puts on the pods of a workload whose selector nobody wrote. */
const addressOf = (app: string) => ({
  matchLabels: { 'cdk8s.io/metadata.addr': expect.stringContaining(app) },
});

function deployment28(scope: Chart, id: string, namespace?: string): plus28.Deployment {
  return new plus28.Deployment(scope, id, {
    ...(namespace && { metadata: { namespace } }),
    containers: [{ image: 'web' }],
  });
}

function deployment33(scope: Chart, id: string, namespace?: string): plus33.Deployment {
  return new plus33.Deployment(scope, id, {
    ...(namespace && { metadata: { namespace } }),
    containers: [{ image: 'web' }],
  });
}

describe.each([
  { line: 'cdk8s-plus-28', deployment: deployment28, plus: plus28 },
  { line: 'cdk8s-plus-33', deployment: deployment33, plus: plus33 as unknown as typeof plus28 },
])('workloads of $line', ({ deployment, plus }) => {
  test('a workload is selected by its own selector', () => {
    const shop = chart();
    const web = new plus.Deployment(shop, 'web', {
      podMetadata: { labels: { app: 'web' } },
      select: false,
      containers: [{ image: 'web' }],
    });
    web.select(
      plus.LabelSelector.of({ labels: { app: 'web' }, expressions: [plus.LabelExpression.exists('tier')] }),
    );
    expect(PodSelector.of(web).toLabelSelector()).toEqual({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'Exists' }],
    });
  });

  test('a workload that nobody gave a selector is selected by the label cdk8s-plus gives its pods', () => {
    expect(PodSelector.of(deployment(chart(), 'web')).toLabelSelector()).toEqual(addressOf('web'));
  });

  test('a workload without a selector never selects every pod', () => {
    const job = new plus.Job(chart(), 'job', { containers: [{ image: 'job' }] });
    const bare = new plus.Deployment(chart(), 'bare', { select: false, containers: [{ image: 'bare' }] });
    expect(PodSelector.of(job).toLabelSelector()).toEqual(addressOf('job'));
    expect(PodSelector.of(bare).toLabelSelector()).toEqual(addressOf('bare'));
  });

  test("a policy for a workload is in the workload's namespace", () => {
    const shop = chart({ namespace: 'shop' });
    expect(new AksNetworkPolicy(shop, 'a', { podSelector: deployment(shop, 'web') }).namespace).toBe('shop');
    expect(new AksNetworkPolicy(shop, 'b', { podSelector: deployment(shop, 'db', 'data') }).namespace).toBe(
      'data',
    );
  });

  test('a policy of another namespace than its workload is refused', () => {
    const shop = chart({ namespace: 'shop' });
    expectRefusal(
      () => new AksNetworkPolicy(shop, 'p', { namespace: 'other', podSelector: deployment(shop, 'web') }),
      'selector-in-other-namespace',
      'pods of the namespace shop',
    );
  });

  test.each([
    { why: "of the policy's namespace", home: 'shop', is: { podSelector: addressOf('web') } },
    {
      why: 'of another namespace',
      home: 'data',
      is: { podSelector: addressOf('web'), namespaceSelector: { matchLabels: { [NAME]: 'data' } } },
    },
    {
      why: 'of no namespace, which is default',
      home: undefined,
      is: { podSelector: addressOf('web'), namespaceSelector: { matchLabels: { [NAME]: 'default' } } },
    },
  ])('a workload $why as a peer is selected there', ({ home, is }) => {
    const from = [Peer.of(deployment(chart(), 'web', home))];
    const shop = chart({ namespace: 'shop' });
    new AksNetworkPolicy(shop, 'p', { rules: [IngressRule.allow({ from })] });
    expect(specOf(shop)?.ingress).toEqual([{ from: [is] }]);
  });

  test('a workload of another namespace is no pod of the same namespace', () => {
    const policy = new AksNetworkPolicy(chart({ namespace: 'shop' }), 'p');
    const rule = IngressRule.allow({ from: [Peer.sameNamespace(deployment(chart(), 'web', 'data'))] });
    expectRefusal(
      () => policy.addRule(rule),
      'selector-in-other-namespace',
      'rules[0].from[0]',
      'pods of the namespace data',
      'Peer.of',
    );
  });

  test("other namespaces with a workload as pods are the workload's", () => {
    const web = deployment(chart(), 'web', 'data');
    expect(Peer.otherNamespaces({ pods: web }).toSpec('shop')).toEqual([
      { podSelector: addressOf('web'), namespaceSelector: { matchLabels: { [NAME]: 'data' } } },
    ]);
    expectRefusal(
      () => Peer.otherNamespaces({ namespaces: NamespaceSelector.named('x'), pods: web }),
      'selector-in-other-namespace',
    );
  });

  test('pods that say their namespaces by labels are not taken to other ones', () => {
    const shop = chart();
    const namespaces = plus.Namespaces.select(shop, 'prod', { labels: { env: 'prod' } });
    const pods = plus.Pods.select(shop, 'pods', { labels: { app: 'web' }, namespaces });
    for (const other of [NamespaceSelector.labels({ env: 'dev' }), NamespaceSelector.all(), {}]) {
      expectRefusal(() => Peer.otherNamespaces({ namespaces: other, pods }), 'selector-in-other-namespace');
    }
    expect(Peer.otherNamespaces({ pods }).toSpec('shop')).toEqual([
      { namespaceSelector: { matchLabels: { env: 'prod' } }, podSelector: { matchLabels: { app: 'web' } } },
    ]);
  });

  test('a label selector of cdk8s-plus is welcome', () => {
    const selector = plus.LabelSelector.of({ labels: { app: 'web' } });
    expect(PodSelector.of(selector as never).toLabelSelector()).toEqual({ matchLabels: { app: 'web' } });
  });

  test.each([
    { what: 'a namespace', of: (shop: Chart) => new plus.Namespace(shop, 'x') },
    { what: 'a service', of: (shop: Chart) => new plus.Service(shop, 'x', { ports: [{ port: 1 }] }) },
  ])('$what is no selector of pods', ({ of }) => {
    expectRefusal(() => PodSelector.of(of(chart()) as never), 'selector-unreadable', 'PodSelector.of');
  });

  test('pods, namespaces and IP blocks of cdk8s-plus are peers', () => {
    const shop = chart();
    const namespaces = plus.Namespaces.select(shop, 'namespaces', {
      labels: { team: 'x' },
      names: ['a', 'b'],
    });
    const pods = plus.Pods.select(shop, 'pods', { labels: { app: 'web' }, namespaces });
    const inTeam = {
      matchLabels: { team: 'x' },
      matchExpressions: [{ key: NAME, operator: 'In', values: ['a', 'b'] }],
    };
    const specs = [
      Peer.of(pods),
      Peer.of(namespaces),
      Peer.of(new plus.Namespace(shop, 'data', { metadata: { name: 'data' } })),
      Peer.of(plus.Pods.all(shop, 'all')),
      Peer.of(plus.NetworkPolicyIpBlock.ipv4(shop, 'block', '10.0.0.0/8', ['10.1.0.0/16'])),
    ].map((peer) => peer.toSpec('shop'));
    expect(specs).toEqual([
      [{ podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: inTeam }],
      [{ namespaceSelector: inTeam }],
      [{ namespaceSelector: { matchLabels: { [NAME]: 'data' } } }],
      [{ podSelector: {} }],
      [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
    ]);
  });

  test('cdk8s-plus namespaces are welcome as a namespace selector', () => {
    const all = plus.Namespaces.all(chart(), 'all');
    expect(NamespaceSelector.of(all).toLabelSelector()).toEqual({});
    expect(NamespaceSelector.of(all).isBlank).toBe(false);
    expect(
      NamespaceSelector.of(new plus.Namespace(chart(), 'n', { metadata: { name: 'data' } })).soleName,
    ).toBe('data');
  });

  test('what cdk8s-plus lets through and the API server refuses is refused', () => {
    const block = plus.NetworkPolicyIpBlock.ipv4(chart(), 'block', '999.0.0.0/99');
    expectRefusal(() => Peer.of(block), 'cidr-invalid', '999.0.0.0/99');
    const nobody = plus.Namespaces.select(chart(), 'nobody', { names: [] });
    expectRefusal(() => Peer.of(nobody), 'namespace-names-missing');
  });
});
