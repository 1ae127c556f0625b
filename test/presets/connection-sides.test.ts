import { Chart, Testing } from 'cdk8s';
import {
  AksNetworkPolicy,
  AllowedConnection,
  type AllowedConnectionProps,
  CiliumClusterwideNetworkPolicy,
  EgressRule,
  Findings,
  IngressRule,
  NamespaceBaseline,
  Peer,
  Port,
} from 'cdk8s-aks-network-policy';
import * as plus28 from 'cdk8s-plus-28';
import * as plus33 from 'cdk8s-plus-33';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { chart, expectRefusal, policiesOf } from '../support/synth';

const pods = (name: string) => ({ name, podSelector: { matchLabels: { app: name } } });
const [from, to, ports] = [pods('web'), pods('db'), [Port.tcp(5432)]];

describe('without ports, it takes those of the destination', () => {
  const portsOf = (shop: Chart) =>
    policiesOf(shop).map(({ spec }) =>
      (spec?.egress ?? spec?.ingress)?.[0]?.ports?.map(({ port, protocol }) => `${port}/${protocol}`),
    );

  test.each([
    {
      why: 'the one that a container declares',
      containers: [{ image: 'db', portNumber: 5432 }],
      is: ['5432/TCP'],
    },
    {
      why: 'all of several, each once',
      containers: [
        { image: 'db', ports: [{ number: 5432 }, { number: 9187 }] },
        {
          name: 'dns',
          image: 'dns',
          ports: [{ number: 53, protocol: plus28.Protocol.UDP }, { number: 9187 }],
        },
      ],
      is: ['5432/TCP', '9187/TCP', '53/UDP'],
    },
  ])('$why', ({ containers, is }) => {
    const shop = chart({ namespace: 'shop' });
    const db = new plus28.Deployment(shop, 'db', { containers });
    new AllowedConnection(shop, 'c', { from, to: db });
    expect(portsOf(shop)).toEqual([is, is]);
  });

  test('of any version of cdk8s-plus, and of named pods that are a workload', () => {
    const shop = chart({ namespace: 'shop' });
    const db = new plus33.StatefulSet(shop, 'db', { containers: [{ image: 'db', portNumber: 5432 }] });
    new AllowedConnection(shop, 'c', { from, to: { name: 'base', podSelector: db as never } });
    expect(portsOf(shop)).toEqual([['5432/TCP'], ['5432/TCP']]);
  });

  test.each<{ why: string; to: (shop: Chart) => AllowedConnectionProps['to'] }>([
    {
      why: 'no port is declared',
      to: (shop) => new plus28.Pod(shop, 'db', { containers: [{ image: 'db' }] }),
    },
    { why: 'the pods are no workload', to: () => pods('db') },
    { why: 'the destination is outside the cluster', to: () => Peer.ipBlock('203.0.113.0/24') },
  ])('where $why, it is refused with what to write', ({ to }) => {
    const shop = chart({ namespace: 'shop' });
    expectRefusal(
      () => new AllowedConnection(shop, 'c', { from, to: to(shop) }),
      'connection-ports-missing',
      'write the ports, such as ports: [8080], or ports: [Port.all()]',
    );
    expect(policiesOf(shop)).toEqual([]);
  });

  test('every port is said with Port.all(), whatever stands beside it', () => {
    const shop = chart({ namespace: 'shop' });
    new AllowedConnection(shop, 'c', { from, to, ports: [5432, Port.all()] });
    expect(portsOf(shop)).toEqual([undefined, undefined]);
  });
});

describe('sides', () => {
  const written = (props: Pick<AllowedConnectionProps, 'sides'> & Partial<AllowedConnectionProps>) => {
    const shop = chart({ namespace: 'shop' });
    const { egress, ingress } = new AllowedConnection(shop, 'c', { from, to, ports, ...props });
    expect([egress, ingress].flatMap((each) => each?.name ?? [])).toEqual(
      policiesOf(shop).map(({ metadata }) => metadata.name),
    );
    return policiesOf(shop).map(({ metadata }) => metadata.name);
  };

  test.each([
    { sides: undefined, is: ['web-to-db-egress', 'web-to-db-ingress'] },
    { sides: 'both', is: ['web-to-db-egress', 'web-to-db-ingress'] },
    { sides: 'source', is: ['web-to-db-egress'] },
    { sides: 'destination', is: ['web-to-db-ingress'] },
  ] as const)('$sides writes $is', ({ sides, is }) => {
    expect(written({ ...(sides && { sides }) })).toEqual(is);
  });

  test('a side that was left out is written by a further connection', () => {
    const shop = chart({ namespace: 'shop' });
    const first = new AllowedConnection(shop, 'a', { from, to, ports, sides: 'source' });
    const second = new AllowedConnection(shop, 'b', { from, to, ports: [Port.tcp(9187)] });
    expect(second.egress).toBe(first.egress);
    expect(second.egress?.rules.map((rule) => rule.ports?.map(String))).toEqual([['5432/TCP'], ['9187/TCP']]);
    expect(second.ingress?.rules.map((rule) => rule.ports?.map(String))).toEqual([['9187/TCP']]);
  });

  test.each([
    {
      why: 'the side of an end outside',
      sides: 'source',
      from: Peer.allIpBlocks(),
      code: 'connection-outside-cluster',
      says: "write sides: 'destination'",
    },
    {
      why: 'the other side of an end outside',
      sides: 'destination',
      to: Peer.allIpBlocks(),
      code: 'connection-outside-cluster',
      says: "write sides: 'source'",
    },
    {
      why: 'a side that is none',
      sides: 'egress',
      code: 'value-unknown',
      says: 'write both, source, destination',
    },
  ] as const)('$why is refused', ({ why: _, code, says, ...props }) => {
    expectRefusal(() => written(props as never), code, says);
  });
});

describe('connection-isolates', () => {
  const found = (shop: Chart) =>
    Findings.of(shop)
      .list()
      .filter(({ code }) => code === 'connection-isolates');
  const paths = (shop: Chart) => found(shop).map(({ path }) => path);
  const shopWith = (build: (shop: Chart) => void = () => {}) => {
    const shop = chart({ namespace: 'shop' });
    build(shop);
    new AllowedConnection(shop, 'c', { from, to, ports });
    return shop;
  };
  const BOTH = ['shop/c/web-to-db-egress', 'shop/c/web-to-db-ingress'];

  test('tells whom nothing else isolates, in which direction, and what to write', () => {
    const [egress, ingress] = found(shopWith());
    expect(egress?.message).toMatchInlineSnapshot(
      `"egress of pods with app=web: only an AllowedConnection isolates them in this direction, so whatever no connection allows is blocked from now on; allow what else they need, or leave this side out with sides: 'destination' or sides: 'source'; a NamespaceBaseline that isolates them says that it is meant"`,
    );
    expect(ingress?.message).toContain('ingress of pods with app=db: ');
    expect(egress?.source).toMatch(/^test\/presets\/connection-sides\.test\.ts:\d+:\d+$/);
  });

  test.each<{ why: string; build: (shop: Chart) => void; is: readonly string[] }>([
    { why: 'nothing else', build: () => {}, is: BOTH },
    {
      why: 'a baseline for one direction',
      build: (shop) => new NamespaceBaseline(shop, 'b'),
      is: [BOTH[0] ?? ''],
    },
    {
      why: 'a baseline for both',
      build: (shop) => new NamespaceBaseline(shop, 'b', { egress: 'DenyAll' }),
      is: [],
    },
    {
      why: 'a baseline elsewhere',
      build: (shop) => new NamespaceBaseline(shop, 'b', { namespace: 'lab', egress: 'DenyAll' }),
      is: BOTH,
    },
    {
      why: 'a policy for the pods by hand',
      build: (shop) =>
        new AksNetworkPolicy(shop, 'p', {
          podSelector: { matchLabels: { app: 'web' } },
          rules: [EgressRule.denyAll()],
        }),
      is: [BOTH[1] ?? ''],
    },
    {
      why: 'a policy for some of the pods, which leaves others to the connection',
      build: (shop) =>
        new AksNetworkPolicy(shop, 'p', {
          podSelector: { matchLabels: { app: 'web', tier: 'front' } },
          rules: [EgressRule.denyAll()],
        }),
      is: BOTH,
    },
    {
      why: 'a policy of the whole cluster',
      build: (shop) => new CiliumClusterwideNetworkPolicy(shop, 'p', { rules: [IngressRule.denyAll()] }),
      is: [BOTH[0] ?? ''],
    },
    {
      why: 'a policy of the whole cluster that leaves the direction open',
      build: (shop) =>
        new CiliumClusterwideNetworkPolicy(shop, 'p', {
          rules: [IngressRule.deny({ from: [Peer.ipBlock('203.0.113.0/24')] })],
          leavesOpen: ['Ingress'],
        }),
      is: BOTH,
    },
  ])('beside $why', ({ build, is }) => {
    expect(paths(shopWith(build))).toEqual(is);
  });

  test('tells of the same pods once, and can be acknowledged', () => {
    const shop = shopWith((each) => {
      new AllowedConnection(each, 'a', { from, to: pods('queue'), ports });
    });
    expect(paths(shop)).toEqual(['shop/a/web-to-queue-egress', 'shop/a/web-to-queue-ingress', BOTH[1]]);
    Findings.of(shop).acknowledge('connection-isolates', { reason: 'these are all' });
    expect(paths(shop)).toEqual([]);
  });

  test('lint is silent where another program or a person isolates the pods', () => {
    const app = Testing.app();
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    new AllowedConnection(shop, 'c', { from, to, ports });
    const told = (...more: object[]) => {
      const { cluster, intent } = readManifests([app, ...more]);
      return lint(cluster, { intent })
        .findings.filter(({ rule }) => rule === 'connection-isolates')
        .map(({ object }) => object.name);
    };
    const baseline = (policyTypes: string[], podSelector: object = {}) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'shop' },
      spec: { podSelector, policyTypes },
    });
    expect(told()).toEqual(['web-to-db-egress', 'web-to-db-ingress']);
    expect(told(baseline(['Egress']))).toEqual(['web-to-db-ingress']);
    expect(told(baseline(['Egress', 'Ingress']))).toEqual([]);
    expect(told(baseline(['Egress'], { matchLabels: { app: 'db' } }))).toHaveLength(2);
  });
});
