import { diffConnections } from '../../lib/diff/diff-connections';
import type { Cluster, Workload } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { NetworkPolicyPeer, NetworkPolicySpec } from '../../lib/model/network-policy';
import { describePossible, type Party } from '../../lib/reachability/answers/parties';
import { Reachability } from '../../lib/reachability/reachability';
import { entriesOf } from '../reachability/arbitrary';

const workload = (name: string): Workload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name,
  labels: { app: name },
  selector: { matchLabels: { app: name } },
  ports: [],
  hostNetwork: false,
  pods: [],
});

/** `shop/db` and `shop/web` with some policies of their namespace. */
const clusterWith = (specs: readonly NetworkPolicySpec[]): Cluster => ({
  isLive: true,
  namespaces: ['shop', 'dev'].map((name) => ({ name, labels: {}, declared: true })),
  workloads: [workload('db'), workload('web')],
  nodes: [],
  services: [],
  ingresses: [],
  policies: entriesOf(specs.map((spec) => ({ namespace: 'shop', spec }))),
  unreadable: [],
});

const words = ({ possible, workloads, addresses }: Party) =>
  possible !== undefined
    ? describePossible(possible)
    : (workloads?.map(({ workload: { name } }) => name).join(' ') ?? String(addresses?.ranges()));

const changes = (before: readonly NetworkPolicySpec[], after: readonly NetworkPolicySpec[]) =>
  told(clusterWith(before), clusterWith(after));

const told = (before: Cluster, after: Cluster) =>
  diffConnections(Reachability.of(before), Reachability.of(after))
    .filter(({ from, to }) => from.possible !== undefined || to.possible !== undefined)
    .map(({ change, from, to, opened, closed }) =>
      [
        change,
        words(from),
        '->',
        words(to),
        ...(opened.isEmpty ? [] : [`+${opened}`]),
        ...(closed.isEmpty ? [] : [`-${closed}`]),
      ].join(' '),
    );

const onDb: NetworkPolicySpec = { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] };
const letsIn = (...from: NetworkPolicyPeer[]): NetworkPolicySpec => ({ ...onDb, ingress: [{ from }] });
const tier = (...values: string[]): NetworkPolicyPeer => ({
  podSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values }] },
});
const anywhere = (namespaceSelector: LabelSelector): NetworkPolicyPeer => ({ namespaceSelector });

test('a value more is told', () => {
  expect(changes([letsIn(tier('a'))], [letsIn(tier('a', 'b'))])).toEqual([
    'opened pods with tier in (a, b) in namespace shop, except those with tier=a -> db +*',
  ]);
  expect(changes([letsIn(tier('a', 'b'))], [letsIn(tier('a'))])).toEqual([
    'closed pods with tier in (a, b) in namespace shop, except those with tier=a -> db -*',
  ]);
});

test('what two rules leave in doubt is no change where one leaves it, in whichever order they stand', () => {
  const onPorts = (...names: string[]): NetworkPolicySpec => ({
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: names.map((port) => ({ from: [{ podSelector: {} }], ports: [{ port }] })),
  });
  expect(changes([onPorts('http')], [onPorts('http', 'http')])).toEqual([]);
  expect(changes([onPorts('http', 'web')], [onPorts('web', 'http')])).toEqual([]);
  expect(changes([onPorts('http')], [onPorts('http', 'web')])).not.toEqual([]);
});

test('the same values in two peers are no change', () => {
  expect(changes([letsIn(tier('a', 'b'))], [letsIn(tier('a'), tier('b'))])).toEqual([]);
  const two = [{ podSelector: { matchLabels: { tier: 'a' } } }, tier('b', 'a')];
  expect(changes([letsIn(tier('b'), tier('a'))], [letsIn(...two)])).toEqual([]);
});

test('a namespace that is excluded no more is told', () => {
  const notDev = {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['dev'] }],
  };
  expect(changes([letsIn(anywhere(notDev))], [letsIn(anywhere({}))])).toEqual([
    'opened any pod, except any pod of namespaces other than dev -> db +*',
  ]);
  expect(changes([letsIn(anywhere({}))], [letsIn(anywhere(notDev))])).toEqual([
    'closed any pod, except any pod of namespaces other than dev -> db -*',
  ]);
});

test('a default deny that goes while every known pod keeps its own is told of pods to come', () => {
  const denyAll: NetworkPolicySpec = { podSelector: {}, policyTypes: ['Ingress'] };
  const own = ['db', 'web'].map((app) => ({ ...onDb, podSelector: { matchLabels: { app } } }));
  expect(changes([denyAll, ...own], own)).toEqual([
    'opened any pod -> any pod of namespace shop +*',
    'opened db web -> any pod of namespace shop +*',
    'opened 0.0.0.0/0 -> any pod of namespace shop +*',
  ]);
});

test('a policy whose pods nobody knows is a change', () => {
  const onJobs: NetworkPolicySpec = {
    podSelector: { matchLabels: { app: 'jobs' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }],
  };
  expect(changes([], [onJobs])).toEqual([
    'closed pods with app=jobs in namespace shop (none known) -> any pod -*',
    'closed pods with app=jobs in namespace shop (none known) -> web -*',
    'closed pods with app=jobs in namespace shop (none known) -> 0.0.0.0/0 -*',
  ]);
});

test('pods with others left out are told apart from those of whom others are left out', () => {
  const withApp = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };
  const after: NetworkPolicySpec[] = [
    { podSelector: withApp, policyTypes: ['Ingress'] },
    {
      podSelector: { matchLabels: { app: '' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: withApp }] }],
    },
  ];
  expect(
    told({ ...clusterWith([]), workloads: [] }, { ...clusterWith(after), workloads: [] }).filter((row) =>
      row.startsWith('closed any pod'),
    ),
  ).toEqual([
    'closed any pod -> pods with app in namespace shop (none known), except those with app= -*',
    'closed any pod, except pods with app in namespace shop -> pods with app= in namespace shop (none known) -*',
  ]);
});

test('pods that get workloads are told apart from those that get addresses with the same numbers', () => {
  const app = (operator: 'In' | 'NotIn') => ({ matchExpressions: [{ key: 'app', operator, values: ['x'] }] });
  const lets = (podSelector: LabelSelector, ...from: NetworkPolicyPeer[]): NetworkPolicySpec => ({
    podSelector,
    policyTypes: ['Ingress'],
    ingress: from.map((peer) => ({ from: [peer] })),
  });
  const probe: NetworkPolicyPeer = { podSelector: { matchLabels: { app: 'probe' } } };
  const known = ['db', 'web'].map((name) => ({ podSelector: { matchLabels: { app: name } } }));
  const withProbe = (specs: readonly NetworkPolicySpec[]): Cluster => {
    const { workloads, ...rest } = clusterWith(specs);
    return { ...rest, workloads: [...workloads, workload('probe')] };
  };
  const before = [lets({}, probe), lets(app('NotIn')), lets(app('In'))];
  const after = [
    lets({}, probe, probe),
    lets(app('NotIn'), ...known),
    lets(app('In'), { ipBlock: { cidr: '0.0.0.0/32' } }),
  ];
  expect(told(withProbe(before), withProbe(after))).toEqual([
    'opened db web -> pods with app!=x in namespace shop +*',
    'opened 0.0.0.0/32 -> pods with app=x in namespace shop (none known) +*',
  ]);
});

test('what known pods exchange with one another is not told of others', () => {
  const fromWeb = { podSelector: { matchLabels: { app: 'web' } } };
  expect(changes([{ ...onDb, ingress: [] }], [letsIn(fromWeb)])).toEqual([]);
});

test('a namespace that a selector fits no more is told by its name', () => {
  const before = clusterWith([letsIn(anywhere({ matchLabels: { team: 'a' } }))]);
  const labelled = (team: string): Cluster => ({
    ...before,
    namespaces: [...before.namespaces, { name: 'jobs', labels: { team }, declared: true }],
  });
  expect(told(labelled('a'), labelled('b'))).toEqual(['closed any pod of namespace jobs -> db -*']);
});

/** A policy that shuts pods with a label. */
const shut = (label: string, value: string): NetworkPolicySpec => ({
  podSelector: { matchLabels: { [label]: value } },
  policyTypes: ['Ingress'],
});

/** The pods that nobody reaches any more when the namespace is no longer open to all. */
const closedWith = (own: readonly NetworkPolicySpec[]) =>
  changes([...own, { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }], own)
    .filter((row) => row.startsWith('closed any pod -> '))
    .map((row) => row.replace('closed any pod -> ', ''));

test.each([3, 200])(
  'of %d policies about pods of their own, each is told what closes for its pods',
  (count) => {
    const names = Array.from({ length: count }, (_, i) => `app-${i}`);
    expect(closedWith(names.map((name) => shut('app', name)))).toEqual(
      names.map((name) => `pods with app=${name} in namespace shop (none known) -*`).sort(),
    );
  },
);

test('of many policies about the same pods, each is told what closes for its pods', () => {
  const labels = Array.from({ length: 100 }, (_, i) => `part-${i}`);
  const closed = closedWith(labels.map((label) => shut(label, 'yes')));
  for (const label of labels) {
    expect(closed).toContainEqual(expect.stringContaining(`pods with ${label}=yes in namespace shop`));
  }
});

describe('pods that a policy is about and nobody knows', () => {
  const about = (ingress: NetworkPolicySpec['ingress']): NetworkPolicySpec => ({
    podSelector: { matchLabels: { app: 'new' } },
    policyTypes: ['Ingress'],
    ingress: ingress ?? [],
  });
  const port = [{ port: 80 }];
  const clusterOf = (labels: object, spec: NetworkPolicySpec, more: readonly Workload[] = []): Cluster => {
    const { workloads, ...rest } = clusterWith([spec]);
    return {
      ...rest,
      workloads: [
        ...workloads.map((each) =>
          each.name === 'web' ? { ...each, labels: { ...each.labels, ...labels } } : each,
        ),
        ...more,
      ],
    };
  };
  const fromTier = about([{ from: [tier('x')], ports: port }]);
  const fromAll = about([{ ports: port }]);
  const NEW = 'pods with app=new in namespace shop (none known)';
  const ofSubject = (before: Cluster, after: Cluster) =>
    told(before, after).filter((row) => row.includes(NEW));

  test('are reached by a known pod that gets the labels of a peer, and not any more when it loses them', () => {
    const [without, labelled] = [clusterOf({}, fromTier), clusterOf({ tier: 'x' }, fromTier)];
    expect(ofSubject(without, labelled)).toEqual([`opened web -> ${NEW} +80/TCP`]);
    expect(ofSubject(labelled, without)).toEqual([`closed web -> ${NEW} -80/TCP`]);
    expect(told(labelled, clusterOf({ tier: 'x', other: 'y' }, fromTier))).toEqual([]);
  });

  test('are reached by a workload that is new, by its labels and by a rule for everybody', () => {
    const etl = workload('etl');
    for (const spec of [
      fromAll,
      about([{ from: [{ podSelector: { matchLabels: { app: 'etl' } } }], ports: port }]),
    ]) {
      expect(ofSubject(clusterOf({}, spec), clusterOf({}, spec, [etl]))).toEqual([
        `added etl -> ${NEW} +80/TCP`,
      ]);
      expect(ofSubject(clusterOf({}, spec, [etl]), clusterOf({}, spec))).toEqual([
        `removed etl -> ${NEW} -80/TCP`,
      ]);
    }
  });
});
