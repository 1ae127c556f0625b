import type { Cluster, ContainerPort, Workload } from '../../lib/model/cluster';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { Labels } from '../../lib/model/labels';
import type { NetworkPolicyPeer, NetworkPolicySpec } from '../../lib/model/network-policy';
import { describePossible, type Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { entriesOf } from './arbitrary';

const db: Workload = {
  kind: 'Deployment',
  namespace: 'shop',
  name: 'db',
  labels: { app: 'db' },
  selector: { matchLabels: { app: 'db' } },
  ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
  hostNetwork: false,
  pods: [],
};

/** A workload with labels and without a selector. */
const withLabels = (name: string, labels: Labels, ports: readonly ContainerPort[] = []): Workload => ({
  ...db,
  kind: 'Pod',
  name,
  labels,
  ports,
});

/** `shop/db` as the only known workload, with some policies of its namespace. */
function clusterWith(specs: readonly NetworkPolicySpec[], more: readonly Workload[] = []): Cluster {
  return {
    isLive: true,
    namespaces: [{ name: 'shop', labels: { team: 'shop' }, declared: true }],
    workloads: [db, ...more],
    nodes: [],
    services: [],
    ingresses: [],
    policies: entriesOf(specs.map((spec) => ({ namespace: 'shop', spec }))),
    unreadable: [],
  };
}

const onDb: NetworkPolicySpec = { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] };

/** Whom `shop/db` lets in. */
const letsIn = (...from: NetworkPolicyPeer[]): NetworkPolicySpec => ({ ...onDb, ingress: [{ from }] });

const words = ({ possible, workloads, addresses }: Party) =>
  possible !== undefined
    ? describePossible(possible)
    : (workloads?.map(({ workload: { name } }) => name).join(' ') ?? String(addresses?.ranges()));

/** The rows of possible pods, one line each. */
function rowsOf(cluster: Cluster, profile: EngineProfile = {}): string[] {
  return [...Reachability.of(cluster, { profile }).connections()]
    .filter(({ from, to }) => from.possible !== undefined || to.possible !== undefined)
    .map(({ from, to, ports, verdict }) =>
      [`${words(from)} -> ${words(to)}`, `${ports}`, ...(verdict === 'unknown' ? ['unknown'] : [])].join(' '),
    );
}

/** The possible pods that may reach `shop/db`. */
const callers = (cluster: Cluster, profile: EngineProfile = {}) =>
  rowsOf(cluster, profile)
    .filter((row) => row.includes('-> db '))
    .map((row) => row.replace(' -> db *', ''));

const pods = (podSelector: LabelSelector) => ({ podSelector });
const having = (labels: Labels) => ({ matchLabels: labels });
const asking = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
});

describe('a party is a set and no example pod', () => {
  test('whose pods need not have the label that another selector asks for by Exists', () => {
    const rules = [
      letsIn(pods(having({ app: 'web' }))),
      { ...onDb, ingress: [{ from: [pods(asking('app', 'Exists'))], ports: [{ port: 80 }] }] },
      { ...onDb, ingress: [{ from: [pods(asking('env', 'Exists'))], ports: [{ port: 81 }] }] },
    ];
    expect(callers(clusterWith(rules))).toEqual([
      // A pod with `app=web` has the label `app`, and need not have the label `env`.
      'pods with app in namespace shop -> db 80/TCP',
      'pods with app=web in namespace shop',
      'pods with env in namespace shop -> db 81/TCP',
    ]);
  });

  test('whose pods may have the value that another selector excludes by NotIn', () => {
    const rules = [
      letsIn(pods(having({ app: 'web' }))),
      { ...onDb, ingress: [{ from: [pods(asking('env', 'NotIn', 'dev'))], ports: [{ port: 80 }] }] },
    ];
    // An example pod without `env` would fit both, and pods with `env=dev` would have no row.
    expect(callers(clusterWith(rules))).toEqual([
      'pods with app=web in namespace shop',
      'pods with env!=dev in namespace shop -> db 80/TCP',
    ]);
  });

  test('whose pods may fit other selectors that overlap with its own', () => {
    const rules = [
      { ...onDb, ingress: [{ from: [pods(asking('app', 'In', 'a', 'b'))], ports: [{ port: 80 }] }] },
      { ...onDb, ingress: [{ from: [pods(asking('app', 'In', 'b', 'c'))], ports: [{ port: 81 }] }] },
    ];
    // Pods with `app=b` are in both rows and have the ports of both.
    expect(callers(clusterWith(rules))).toEqual([
      'pods with app in (a, b) in namespace shop -> db 80/TCP',
      'pods with app in (b, c) in namespace shop -> db 81/TCP',
    ]);
  });

  test('which a wider one with as many ports holds, so that it is left out', () => {
    const rules = [letsIn(pods(having({ app: 'a' }))), letsIn(pods(asking('app', 'NotIn', 'b')))];
    expect(callers(clusterWith(rules))).toEqual(['pods with app!=b in namespace shop']);
  });
});

test('pods of a known controller are no others', () => {
  const web: Workload = { ...db, name: 'web', labels: { app: 'web' }, selector: having({ app: 'web' }) };
  const rules = [letsIn(pods(having({ app: 'web' })))];
  expect(callers(clusterWith(rules))).toEqual(['pods with app=web in namespace shop']);
  expect(callers(clusterWith(rules, [web]))).toEqual([]);
  expect(callers(clusterWith(rules, [withLabels('web', { app: 'web' })]))).toEqual([
    'pods with app=web in namespace shop',
  ]);
  const wider = [letsIn(pods(having({ app: 'web' })), pods(asking('app', 'In', 'web', 'cron')))];
  expect(callers(clusterWith(wider, [web]))).toEqual(['pods with app in (cron, web) in namespace shop']);
});

describe('a policy whose pods nobody knows', () => {
  const onWeb: NetworkPolicySpec = { podSelector: having({ app: 'web' }), policyTypes: ['Egress'] };

  test('is told in the direction that it isolates', () => {
    const spec = { ...onWeb, egress: [{ to: [pods(having({ app: 'db' }))], ports: [{ port: 5432 }] }] };
    expect(rowsOf(clusterWith([spec]))).toEqual([
      'any pod -> db *',
      'pods with app=web in namespace shop (none known) -> db 5432/TCP',
      'db -> any pod *',
    ]);
  });

  test('is told to addresses and to pods that nobody knows either', () => {
    const spec = {
      ...onWeb,
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }, { to: [pods(having({ app: 'x' }))] }],
    };
    const rows = rowsOf(clusterWith([spec])).filter((row) => !row.includes('db'));
    expect(rows).toEqual([
      'pods with app=web in namespace shop (none known) -> 203.0.113.0/24 *',
      'pods with app=web in namespace shop (none known) -> pods with app=x in namespace shop *',
    ]);
  });

  test('is told of another kind once one of its pods is known', () => {
    const spec = { ...onWeb, egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] };
    const rows = rowsOf(clusterWith([spec], [withLabels('web', { app: 'web' })]));
    expect(rows.filter((row) => row.includes('none known'))).toEqual([]);
  });
});

test('pods that several policies isolate together are isolated', () => {
  const rules = [asking('env', 'Exists'), asking('env', 'DoesNotExist')].map((podSelector) => ({
    podSelector,
    policyTypes: ['Egress' as const],
  }));
  const into = rowsOf(clusterWith([...rules, letsIn({ podSelector: {} })]));
  expect(into.filter((row) => row.includes('-> db'))).toEqual([]);
});

test('an empty value is another than any value', () => {
  const rules = [letsIn(pods(having({ env: '' }))), letsIn(pods(asking('env', 'DoesNotExist')))];
  expect(callers(clusterWith(rules))).toEqual([
    'pods with env= in namespace shop',
    'pods without env in namespace shop',
  ]);
});

describe('engines', () => {
  const everyPod = letsIn({ ipBlock: { cidr: '10.0.0.0/8' } });
  const ranges = { podCidrs: ['10.244.0.0/16'] };

  test.each([
    { engine: 'azure', expected: ['any pod'] },
    { engine: 'calico', expected: ['any pod'] },
    { engine: 'cilium', expected: [] },
  ] as const)('a block around the addresses of pods lets in whom $engine lets in', ({ engine, expected }) => {
    expect(callers(clusterWith([everyPod]), { ...ranges, engine })).toEqual(expected);
  });

  test.each([
    { cidr: '10.244.0.0/17', expected: ['any pod unknown'] },
    { cidr: '10.1.0.0/16', expected: [] },
  ])('a block of $cidr lets in some pods or none', ({ cidr, expected }) => {
    expect(callers(clusterWith([letsIn({ ipBlock: { cidr } })]), { ...ranges, engine: 'calico' })).toEqual(
      expected,
    );
  });

  const elsewhere = (...values: string[]) =>
    letsIn({ namespaceSelector: asking('team', 'NotIn', ...values) });

  test('azure lets NotIn of two values fit every namespace', () => {
    const two = clusterWith([elsewhere('a', 'b')]);
    expect(callers(two)).toEqual(['any pod of namespaces with team notin (a, b)']);
    expect(callers(two, { engine: 'azure' })).toEqual(['any pod']);
    expect(callers(clusterWith([elsewhere('a')]), { engine: 'azure' })).toEqual([
      'any pod of namespaces with team!=a',
    ]);
  });

  const hidden = 'pod-template-hash';

  test('cilium sees no label that it keeps out of identities', () => {
    const known = clusterWith([letsIn(pods(asking(hidden, 'Exists')))]);
    expect(callers(known, { engine: 'calico' })).toEqual([`pods with ${hidden} in namespace shop`]);
    expect(callers(known, { engine: 'cilium' })).toEqual([]);
    const without = clusterWith([letsIn(pods(asking(hidden, 'DoesNotExist')))]);
    expect(callers(without, { engine: 'calico' })).toEqual([`pods without ${hidden} in namespace shop`]);
    expect(callers(without, { engine: 'cilium' })).toEqual(['any pod of namespace shop']);
  });

  const byName: NetworkPolicySpec = {
    ...onDb,
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 'sql' }] }],
  };

  test('nobody knows the named ports of pods that nobody knows', () => {
    expect(rowsOf(clusterWith([byName]))).toEqual(['any pod -> db *', 'db -> any pod */TCP unknown']);
    expect(rowsOf(clusterWith([{ ...letsIn(), ingress: [{ ports: [{ port: 'sql' }] }] }]))).toEqual([
      'any pod -> db 5432/TCP',
      'db -> any pod *',
    ]);
  });

  test('cilium looks port names up among the pods that are known', () => {
    expect(rowsOf(clusterWith([byName]), { engine: 'cilium' })).toEqual([
      'any pod -> db *',
      'db -> any pod 5432/TCP',
    ]);
  });
});

test('a policy about pods on their node reaches nobody, and tells of nobody to come', () => {
  const agent: Workload = {
    ...db,
    kind: 'DaemonSet',
    name: 'agent',
    labels: { app: 'agent' },
    selector: { matchLabels: { app: 'agent' } },
    hostNetwork: true,
  };
  const onAgent: NetworkPolicySpec = {
    ...onDb,
    podSelector: { matchLabels: { app: 'agent' } },
    ingress: [{}],
  };
  const toCome = 'any pod -> pods with app=agent in namespace shop (none known) *';
  expect(rowsOf(clusterWith([onAgent], [agent]))).not.toContain(toCome);
  expect(rowsOf(clusterWith([onAgent]))).toContain(toCome);
});

describe("AKS's own pods beside pods that nobody knows", () => {
  const toTeam: NetworkPolicySpec = {
    podSelector: { matchLabels: { app: 'new' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }],
  };
  const { isLive: _, ...ofFiles } = clusterWith([toTeam]);

  test('are not told where only a label of their namespace is in doubt', () => {
    expect(rowsOf({ ...ofFiles, workloads: [] })).toEqual([
      'pods with app=new in namespace shop (none known) -> any pod of namespaces with team=a *',
    ]);
  });

  test('are told where a rule surely means them alone', () => {
    const toNames: NetworkPolicySpec = {
      ...toTeam,
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [{ port: 53, protocol: 'UDP' }],
        },
      ],
    };
    const policies = entriesOf([{ namespace: 'shop', spec: toNames }]);
    expect(rowsOf({ ...ofFiles, workloads: [], policies })).toEqual([
      'pods with app=new in namespace shop (none known) -> coredns 53/UDP',
    ]);
  });
});
