import { Chart, Testing } from 'cdk8s';
import { AllowedConnection, type ConnectionEndLike, Peer, PodSelector, Port } from 'cdk8s-aks-network-policy';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import { chart, expectRefusal, policiesOf } from '../support/synth';

const ports = [Port.all()];

const NAME = 'kubernetes.io/metadata.name';

function workload(scope: Chart, name: string, namespace?: string): Deployment {
  const deployment = new Deployment(scope, name, {
    metadata: { name, ...(namespace && { namespace }) },
    podMetadata: { labels: { app: name } },
    select: false,
    containers: [{ image: name }],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  return deployment;
}

const names = (scope: Chart) =>
  policiesOf(scope).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

test('both sides are written where both ends are in one namespace', () => {
  const shop = chart({ namespace: 'shop' });
  const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
  const { egress, ingress } = new AllowedConnection(shop, 'c', { from, to, ports: [Port.tcp(5432)] });
  expect(names(shop)).toEqual(['shop/web-to-db-egress', 'shop/web-to-db-ingress']);
  expect(egress?.toJson().spec).toEqual({
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ protocol: 'TCP', port: 5432 }] },
    ],
  });
  expect(ingress?.toJson().spec).toEqual({
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ protocol: 'TCP', port: 5432 }] },
    ],
  });
});

test("each side is in its own namespace and names the other's", () => {
  const shop = chart({ namespace: 'shop' });
  const [from, to] = [workload(shop, 'web'), workload(shop, 'db', 'data')];
  const { egress, ingress } = new AllowedConnection(shop, 'c', { from, to, ports });
  expect(names(shop)).toEqual(['shop/web-to-data.db-egress', 'data/shop.web-to-db-ingress']);
  expect(egress?.toJson().spec.egress).toEqual([
    {
      to: [
        {
          podSelector: { matchLabels: { app: 'db' } },
          namespaceSelector: { matchLabels: { [NAME]: 'data' } },
        },
      ],
    },
  ]);
  expect(ingress?.toJson().spec.ingress).toEqual([
    {
      from: [
        {
          podSelector: { matchLabels: { app: 'web' } },
          namespaceSelector: { matchLabels: { [NAME]: 'shop' } },
        },
      ],
    },
  ]);
});

test('a workload whose name cdk8s generated is called by its place in the chart', () => {
  const shop = chart({ namespace: 'shop' });
  const from = new Deployment(shop, 'Web', { containers: [{ image: 'web' }] });
  new AllowedConnection(shop, 'c', { from, to: workload(shop, 'db'), ports });
  expect(names(shop)).toEqual(['shop/web-to-db-egress', 'shop/web-to-db-ingress']);
});

test('pods without a construct are given with a name', () => {
  const shop = chart({ namespace: 'shop' });
  const from = {
    name: 'prometheus',
    namespace: 'monitoring',
    podSelector: { matchLabels: { app: 'prometheus' } },
  };
  const to = { name: 'web', podSelector: PodSelector.labels({ app: 'web' }) };
  const { ingress } = new AllowedConnection(shop, 'c', { from, to, ports: [Port.named('metrics')] });
  expect(names(shop)).toEqual([
    'monitoring/prometheus-to-shop.web-egress',
    'shop/monitoring.prometheus-to-web-ingress',
  ]);
  expect(ingress?.podSelector.toLabelSelector()).toEqual({ matchLabels: { app: 'web' } });
});

test.each<{ why: string; from?: ConnectionEndLike; to?: ConnectionEndLike; is: string[] }>([
  {
    why: 'a destination outside',
    to: Peer.ipBlock('203.0.113.0/24'),
    is: ['shop/web-to-203-0-113-0-24-egress'],
  },
  { why: 'a source outside', from: Peer.allIpBlocks(), is: ['shop/all-ip-blocks-to-web-ingress'] },
  {
    why: 'every address but some',
    to: Peer.ipBlock('0.0.0.0/0', { except: ['10.0.0.0/8'] }),
    is: ['shop/web-to-0-0-0-0-0-egress'],
  },
  { why: 'every IPv6 source', from: Peer.ipBlock('::/0'), is: ['shop/ipv6-0-to-web-ingress'] },
  { why: 'an IPv6 source', from: Peer.ipBlock('2001:db8::/32'), is: ['shop/2001-db8-32-to-web-ingress'] },
])('$why writes one side', ({ from, to, is }) => {
  const shop = chart({ namespace: 'shop' });
  const web = workload(shop, 'web');
  new AllowedConnection(shop, 'c', { from: from ?? web, to: to ?? web, ports });
  expect(names(shop)).toEqual(is);
});

describe('several connections between the same two workloads', () => {
  test('share their policies and add their ports', () => {
    const shop = chart({ namespace: 'shop' });
    const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
    const first = new AllowedConnection(shop, 'a', { from, to, ports: [Port.tcp(1), Port.tcp(2)] });
    const second = new AllowedConnection(shop, 'b', { from, to, ports: [Port.tcp(2), Port.tcp(3)] });
    expect(second.ingress).toBe(first.ingress);
    expect(names(shop)).toHaveLength(2);
    const allowed = first.ingress?.toJson().spec.ingress as { ports: { port: number }[] }[];
    expect(allowed.map(({ ports }) => ports.map(({ port }) => port))).toEqual([[1, 2], [3]]);
  });

  test('allow nothing twice, and every port if one of them does', () => {
    const shop = chart({ namespace: 'shop' });
    const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
    const { ingress } = new AllowedConnection(shop, 'a', { from, to, ports: [Port.tcp(1)] });
    new AllowedConnection(shop, 'b', { from, to, ports: [Port.tcp(1)] });
    expect(ingress?.rules).toHaveLength(1);
    new AllowedConnection(shop, 'c', { from, to, ports });
    new AllowedConnection(shop, 'd', { from, to, ports: [Port.tcp(4)] });
    expect(ingress?.rules.map(({ ports }) => ports?.map(String))).toEqual([['1/TCP'], undefined]);
  });

  test('stay apart under names of their own', () => {
    const shop = chart({ namespace: 'shop' });
    const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
    new AllowedConnection(shop, 'a', { from, to, ports: [Port.tcp(1)] });
    new AllowedConnection(shop, 'b', { from, to, ports: [Port.tcp(2)], name: 'backup' });
    expect(names(shop)).toEqual([
      'shop/web-to-db-egress',
      'shop/web-to-db-ingress',
      'shop/backup-egress',
      'shop/backup-ingress',
    ]);
  });

  test('and the way back is another connection', () => {
    const shop = chart({ namespace: 'shop' });
    const [web, db] = [workload(shop, 'web'), workload(shop, 'db')];
    new AllowedConnection(shop, 'a', { from: web, to: db, ports });
    new AllowedConnection(shop, 'b', { from: db, to: web, ports });
    expect(names(shop)).toHaveLength(4);
  });
});

test('each chart has its own connections, as for an environment of its own', () => {
  const app = Testing.app();
  const ports = (namespace: string, port: number) => {
    const environment = new Chart(app, namespace, { namespace });
    const [from, to] = ['web', 'db'].map((name) => ({ name, podSelector: { matchLabels: { app: name } } }));
    new AllowedConnection(environment, 'c', { from, to, ports: [Port.tcp(port)] } as never);
    return policiesOf(environment).map(({ spec }) =>
      (spec?.ingress ?? spec?.egress)?.map((rule) => rule.ports?.[0]?.port),
    );
  };
  expect([ports('dev', 8080), ports('prod', 9090)]).toEqual([
    [[8080], [8080]],
    [[9090], [9090]],
  ]);
});

test('the order of labels does not make two ends of one', () => {
  const shop = chart();
  const from = (matchLabels: Record<string, string>) => ({ name: 'web', podSelector: { matchLabels } });
  const to = workload(shop, 'db');
  new AllowedConnection(shop, 'x', { from: from({ a: '1', b: '2' }), to, ports: [Port.tcp(1)] });
  new AllowedConnection(shop, 'y', { from: from({ b: '2', a: '1' }), to, ports: [Port.tcp(2)] });
  expect(names(shop)).toHaveLength(2);
});

test('a connection that was taken out is written anew', () => {
  const shop = chart();
  const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
  new AllowedConnection(shop, 'a', { from, to, ports: [Port.tcp(1)] });
  shop.node.tryRemoveChild('a');
  new AllowedConnection(shop, 'b', { from, to, ports: [Port.tcp(2)] });
  expect(names(shop)).toHaveLength(2);
});

test('a refused connection leaves nothing behind', () => {
  const shop = chart();
  const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
  expectRefusal(() => new AllowedConnection(shop, 'a', { from, to, ports: [] }), 'ports-empty');
  expect(names(shop)).toEqual([]);
});

test('two ends that only share their names fail synth, instead of one overwriting the other', () => {
  const shop = chart({ namespace: 'shop' });
  const pods = (tier: string) => ({ name: 'web', podSelector: { matchLabels: { tier } } });
  const to = workload(shop, 'db');
  new AllowedConnection(shop, 'a', { from: pods('front'), to, ports });
  new AllowedConnection(shop, 'b', { from: pods('edge'), to, ports });
  expect(() => Testing.synth(shop)).toThrow('policy-duplicate');
});

test.each([
  {
    why: 'two ends outside',
    from: Peer.allIpBlocks(),
    to: Peer.ipBlock('203.0.113.0/24'),
    code: 'connection-outside-cluster',
  },
  {
    why: 'pods as a peer, of which nobody knows where they are',
    from: Peer.sameNamespace(),
    to: undefined,
    code: 'connection-end-unreadable',
  },
  {
    why: 'a bare selector',
    from: PodSelector.all() as never,
    to: undefined,
    code: 'connection-end-unreadable',
  },
  {
    why: 'named pods with a bad name',
    from: { name: 'Web', podSelector: {} },
    to: undefined,
    code: 'name-invalid',
  },
  {
    why: 'named pods in a bad namespace',
    from: { name: 'web', podSelector: {}, namespace: 'Shop' },
    to: undefined,
    code: 'namespace-invalid',
  },
  {
    why: 'named pods with a misspelt namespace, which would be the one of the chart',
    from: { name: 'web', podSelector: {}, namspace: 'front' } as never,
    to: undefined,
    code: 'field-unknown',
  },
  { why: 'a promise', from: Promise.resolve() as never, to: undefined, code: 'connection-end-unreadable' },
  { why: 'nothing', from: undefined as never, to: undefined, code: 'connection-end-unreadable' },
] as const)('$why is refused', ({ from, to, code }) => {
  const shop = chart();
  expectRefusal(
    () => new AllowedConnection(shop, 'c', { from, to: to ?? workload(shop, 'db'), ports }),
    code,
  );
});

test('a misspelt prop is refused: ports left out would be every port', () => {
  const shop = chart();
  const props = { from: workload(shop, 'web'), to: workload(shop, 'db'), port: [Port.tcp(5432)] };
  expectRefusal(() => new AllowedConnection(shop, 'a', props), 'field-unknown', 'did you mean "ports"?');
  expectRefusal(() => new AllowedConnection(shop, 'a', undefined as never), 'type-mismatch');
  expect(names(shop)).toEqual([]);
});

test('an empty list of ports is refused, even when every port is allowed already', () => {
  const shop = chart();
  const [from, to] = [workload(shop, 'web'), workload(shop, 'db')];
  new AllowedConnection(shop, 'a', { from, to, ports });
  expectRefusal(() => new AllowedConnection(shop, 'b', { from, to, ports: [] }), 'ports-empty');
});

describe('as CiliumNetworkPolicies', () => {
  const kind = 'CiliumNetworkPolicy';
  const written = (shop: Chart) =>
    (Testing.synth(shop) as { kind: string; metadata: { name: string }; spec: Record<string, object[]> }[])
      .filter((each) => each.kind === kind)
      .map(({ metadata, spec: { endpointSelector, ...spec } }) => [metadata.name, spec]);

  test('both sides are written', () => {
    const shop = chart({ namespace: 'shop' });
    const pods = (name: string) => ({ name, podSelector: { matchLabels: { app: name } } });
    new AllowedConnection(shop, 'c', { from: pods('web'), to: pods('db'), ports: [Port.tcp(5432)], kind });
    const toPorts = [{ ports: [{ port: '5432', protocol: 'TCP' }] }];
    const labels = (app: string) => [{ matchLabels: { 'k8s:app': app } }];
    expect(written(shop)).toEqual([
      ['web-to-db-egress', { egress: [{ toEndpoints: labels('db'), toPorts }] }],
      ['web-to-db-ingress', { ingress: [{ fromEndpoints: labels('web'), toPorts }] }],
    ]);
  });

  test('a host name and an entity are ends, and a policy is named after them', () => {
    const shop = chart({ namespace: 'shop' });
    const web = workload(shop, 'web');
    new AllowedConnection(shop, 'a', { from: web, to: Peer.hostName('*.vault.azure.net'), kind, ports });
    new AllowedConnection(shop, 'b', { from: Peer.entity('world'), to: web, kind, ports });
    expect(written(shop)).toMatchObject([
      [
        'web-to-vault-azure-net-egress',
        { egress: [{}, { toFQDNs: [{ matchPattern: '*.vault.azure.net' }] }] },
      ],
      ['world-to-web-ingress', { ingress: [{ fromEntities: ['world'] }] }],
    ]);
  });

  test('what only they can say is refused without them, and leaves nothing behind', () => {
    const shop = chart({ namespace: 'shop' });
    const web = workload(shop, 'web');
    const to = Peer.hostName('a.example.com');
    expectRefusal(() => new AllowedConnection(shop, 'a', { from: web, to, ports }), 'cilium-policy-needed');
    expectRefusal(
      () => new AllowedConnection(shop, 'b', { from: to, to: web, kind, ports }),
      'peer-not-in-rule',
    );
    expectRefusal(
      () => new AllowedConnection(shop, 'c', { from: web, to, kind: 'cilium' as never }),
      'value-unknown',
    );
    expect(shop.node.children).toHaveLength(1);
  });
});
