import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import { Reachability } from '../../lib/reachability/reachability';

/** Labels that controllers and the API server add to pods, if manifests tell their values. */

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';
const VERSIONS: Readonly<Record<string, string>> = { Job: 'batch/v1', CronJob: 'batch/v1' };

const controller = (kind: string, name: string, spec: object = {}, metadata: object = { name }) => {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c' }] } };
  return {
    apiVersion: VERSIONS[kind] ?? 'apps/v1',
    kind,
    metadata: { namespace: 'shop', ...metadata },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { ...spec, template },
  };
};
const db = (spec: object = { replicas: 3 }) => controller('StatefulSet', 'db', spec);
const web = controller('Deployment', 'web');

const live = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: 'db', [POD_NAME]: name },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true }],
  },
  spec: { containers: [{ name: 'c' }] },
  status: { phase: 'Running', podIP: `10.0.0.${name.length}` },
});

const policy = (spec: object, name = 'p') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { policyTypes: ['Ingress'], ...spec },
});
const shut = (podSelector: LabelSelector) => policy({ podSelector });
const is = (key: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator: 'In', values }],
});
const isNot = (key: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator: 'NotIn', values }],
});

const clusterOf = (...objects: object[]): Cluster => readManifests([web, ...objects]).cluster;
const judge = (...objects: object[]) => Reachability.of(clusterOf(...objects));
const into = (judged: Reachability, to: string) => judged.outcome({ from: 'shop/web', to, port: 80 });

describe('a policy that isolates some pods of a StatefulSet', () => {
  test.each([
    {
      why: 'the first by its index',
      of: db(),
      selector: is(POD_INDEX, '0'),
      verdict: 'partly',
      shut: ['db-0'],
    },
    {
      why: 'the last by its name',
      of: db(),
      selector: is(POD_NAME, 'db-2'),
      verdict: 'partly',
      shut: ['db-2'],
    },
    {
      why: 'two of them',
      of: db(),
      selector: is(POD_NAME, 'db-0', 'db-2'),
      verdict: 'partly',
      shut: ['db-0', 'db-2'],
    },
    {
      why: 'all but one',
      of: db(),
      selector: isNot(POD_INDEX, '1'),
      verdict: 'partly',
      shut: ['db-0', 'db-2'],
    },
    {
      why: 'each of them',
      of: db(),
      selector: is(POD_INDEX, '0', '1', '2'),
      verdict: 'denied',
      shut: ['db-0', 'db-1', 'db-2'],
    },
    {
      why: 'one that it does not have',
      of: db(),
      selector: is(POD_INDEX, '3'),
      verdict: 'allowed',
      shut: [],
    },
    { why: 'a pod of another', of: db(), selector: is(POD_NAME, 'web-0'), verdict: 'allowed', shut: [] },
    {
      why: 'a number that is written otherwise',
      of: db(),
      selector: is(POD_INDEX, '00'),
      verdict: 'allowed',
      shut: [],
    },
    {
      why: 'ordinals that begin later',
      of: db({ replicas: 2, ordinals: { start: 5 } }),
      selector: is(POD_INDEX, '5'),
      verdict: 'partly',
      shut: ['db-5'],
    },
    {
      why: 'its only pod',
      of: db({ replicas: 1 }),
      selector: is(POD_INDEX, '0'),
      verdict: 'denied',
      shut: ['db-0'],
    },
  ])('$why: $verdict', ({ of, selector, verdict, shut: closed }) => {
    const judged = judge(of, shut(selector));
    expect(into(judged, 'shop/db')).toBe(verdict);
    const { first, count } = judged.judged.world.cluster.workloads.find(({ name }) => name === 'db')
      ?.ordinals ?? { first: 0, count: 0 };
    const names = Array.from({ length: count }, (_, i) => `db-${first + i}`);
    expect(names.filter((name) => into(judged, `shop/${name}`) === 'denied')).toEqual(closed);
  });

  test.each([
    { why: 'whose number nobody tells', of: db({}), selector: is(POD_INDEX, '0'), verdict: 'unknown' },
    {
      why: 'whose number nobody tells, by a name that none of its pods has',
      of: db({}),
      selector: is(POD_NAME, 'web-0'),
      verdict: 'allowed',
    },
    {
      why: 'whose number nobody tells, by what is no number',
      of: db({}),
      selector: is(POD_INDEX, 'first'),
      verdict: 'allowed',
    },
    { why: 'without pods', of: db({ replicas: 0 }), selector: is(POD_INDEX, '0'), verdict: 'unknown' },
    {
      why: 'whose number is a mistake',
      of: db({ replicas: '3' }),
      selector: is(POD_INDEX, '0'),
      verdict: 'unknown',
    },
  ])('$why: $verdict', ({ of, selector, verdict }) => {
    expect(into(judge(of, shut(selector)), 'shop/db')).toBe(verdict);
  });

  test('the pods that run are the ones that count', () => {
    const judged = judge(db({ replicas: 3 }), live('db-0'), live('db-10'), shut(is(POD_INDEX, '10')));
    expect([into(judged, 'shop/db-0'), into(judged, 'shop/db-10'), into(judged, 'shop/db')]).toEqual([
      'allowed',
      'denied',
      'partly',
    ]);
  });

  test('no rule and no list names pods that no policy tells apart', () => {
    const rows = [...judge(db(), shut(is('app', 'db'))).connections({ from: 'shop/db', to: 'shop/web' })];
    expect(rows.flatMap(({ from }) => from.workloads ?? []).map(({ pods }) => pods)).toEqual([undefined]);
  });

  test('Cilium sees none of these labels', () => {
    const judged = Reachability.of(clusterOf(db(), shut(is(POD_INDEX, '0'))), {
      profile: { engine: 'cilium' },
    });
    expect(into(judged, 'shop/db')).toBe('allowed');
  });

  test('a peer means the pods that it names', () => {
    const fromPrimary = policy({
      podSelector: is('app', 'web'),
      ingress: [{ from: [{ podSelector: is(POD_NAME, 'db-0') }] }],
    });
    const judged = judge(db(), fromPrimary);
    expect(
      ['shop/db-0', 'shop/db-1', 'shop/db'].map((from) => judged.outcome({ from, to: 'shop/web' })),
    ).toEqual(['allowed', 'denied', 'partly']);
  });

  test('a question may ask for pods that no policy tells apart', () => {
    const judged = judge(db(), shut(is(POD_INDEX, '0')));
    expect(['0', '1', '2'].map((index) => into(judged, `shop/${POD_INDEX}=${index}`))).toEqual([
      'denied',
      'allowed',
      'allowed',
    ]);
  });

  test('a policy that comes later may tell more pods apart', () => {
    const [first, second] = ['0', '1'].map(
      (index) => clusterOf(db(), shut(is(POD_INDEX, index))).policies,
    ) as [Cluster['policies'], Cluster['policies']];
    const judged = Reachability.of({ ...clusterOf(db()), policies: first }).with({ put: second });
    expect(['db-0', 'db-1', 'db-2'].map((name) => into(judged, `shop/${name}`))).toEqual([
      'allowed',
      'denied',
      'allowed',
    ]);
  });

  test('a difference tells the pods whose isolation changes', () => {
    const [before, after] = ['0', '1'].map((index) =>
      Reachability.of(clusterOf(db(), shut(is(POD_INDEX, index))), { knownOnly: true }),
    ) as [Reachability, Reachability];
    const rows = diffConnections(before, after).map(
      ({ change, to }) =>
        `${change} ${to.workloads?.map(({ workload, pods }) => `${workload.name}: ${pods}`)}`,
    );
    expect([...new Set(rows)].sort()).toEqual(['closed db: db-1', 'opened db: db-0']);
  });
});

test.each([
  {
    why: 'a Job has its name',
    of: controller('Job', 'load'),
    label: 'job-name',
    value: 'load',
    verdict: 'allowed',
  },
  {
    why: 'also by the newer key',
    of: controller('Job', 'load'),
    label: 'batch.kubernetes.io/job-name',
    value: 'load',
    verdict: 'allowed',
  },
  {
    why: 'and no other',
    of: controller('Job', 'load'),
    label: 'job-name',
    value: 'other',
    verdict: 'denied',
  },
  {
    why: 'of a name that the server makes nobody knows',
    of: controller('Job', 'load', {}, { generateName: 'load-' }),
    from: 'shop/load-?',
    label: 'job-name',
    value: 'load-1',
    verdict: 'unknown',
  },
  {
    why: 'nor of the Jobs of a CronJob',
    of: controller('CronJob', 'load'),
    label: 'job-name',
    value: 'load',
    verdict: 'unknown',
  },
  {
    why: 'a Job with a selector of its own gets none',
    of: controller('Job', 'load', { manualSelector: true }),
    label: 'job-name',
    value: 'load',
    verdict: 'unknown',
  },
  {
    why: 'its uid nobody knows',
    of: controller('Job', 'load'),
    label: 'controller-uid',
    value: '1',
    verdict: 'unknown',
  },
])('$why', ({ of, from = 'shop/load', label, value, verdict }) => {
  const onWeb = policy({
    podSelector: is('app', 'web'),
    ingress: [{ from: [{ podSelector: is(label, value) }] }],
  });
  expect(judge(of, onWeb).outcome({ from, to: 'shop/web' })).toBe(verdict);
});
