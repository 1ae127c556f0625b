import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';

/** Objects whose names the API server makes: each is one of its own. */

const VERSIONS: Readonly<Record<string, string>> = {
  Job: 'batch/v1',
  Pod: 'v1',
  Rollout: 'argoproj.io/v1alpha1',
};

const made = (kind: string, app: string, metadata: object = { generateName: 'load-' }) => {
  const pod = { metadata: { labels: { app } }, spec: { containers: [{ name: 'c' }] } };
  return {
    apiVersion: VERSIONS[kind] ?? 'apps/v1',
    kind,
    metadata: { namespace: 'shop', ...metadata, ...(kind === 'Pod' ? pod.metadata : {}) },
    spec: kind === 'Pod' ? pod.spec : { template: pod },
  };
};

test.each([
  { why: 'two of a kind', objects: [made('Job', 'a'), made('Job', 'b')], names: ['load-? a', 'load-?2 b'] },
  {
    why: 'two that say the same',
    objects: [made('Job', 'a'), made('Job', 'a')],
    names: ['load-? a', 'load-?2 a'],
  },
  {
    why: 'an empty name',
    objects: [made('Job', 'a', { name: '', generateName: 'x-' }), made('Job', 'b', { generateName: 'x-' })],
    names: ['x-? a', 'x-?2 b'],
  },
  { why: 'two kinds', objects: [made('Job', 'a'), made('Deployment', 'b')], names: ['load-? a', 'load-? b'] },
  {
    why: 'two namespaces',
    objects: [made('Job', 'a'), made('Job', 'b', { generateName: 'load-', namespace: 'pay' })],
    names: ['load-? a', 'load-? b'],
  },
  {
    why: 'two prefixes',
    objects: [made('Job', 'a'), made('Job', 'b', { generateName: 'dump-' })],
    names: ['dump-? b', 'load-? a'],
  },
  { why: 'pods', objects: [made('Pod', 'a'), made('Pod', 'b')], names: ['load-? a', 'load-?2 b'] },
  {
    why: 'a kind of others',
    objects: [made('Rollout', 'a'), made('Rollout', 'b')],
    names: ['load-? a', 'load-?2 b'],
  },
  {
    why: 'a name beside the prefix',
    objects: [made('Job', 'a', { name: 'a', generateName: 'x-' })],
    names: ['a a'],
  },
])('$why', ({ objects, names }) => {
  const { cluster, problems } = readManifests(objects);
  expect(problems).toEqual([]);
  expect(cluster.workloads.map(({ name, labels }) => `${name} ${labels.app}`).sort()).toEqual(names);
});

test('a name that is written is none of these, whatever it looks like', () => {
  const { problems } = readManifests([made('Job', 'a', { name: 'load-?' })]);
  expect(problems.map(({ code }) => code)).toEqual(['name-invalid']);
});

test('each of two Jobs with one prefix has its own verdict, and each of two policies counts', () => {
  const policy = (app: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', generateName: 'into-' },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app } } }] }],
    },
  });
  const judge = (...objects: object[]) =>
    Reachability.of(
      readManifests([
        made('Job', 'a'),
        made('Job', 'b'),
        made('Deployment', 'db', { name: 'db' }),
        ...objects,
      ]).cluster,
    );
  const verdicts = (judged: Reachability) =>
    ['shop/load-?', 'shop/load-?2'].map((from) => judged.outcome({ from, to: 'shop/db' }));
  expect(verdicts(judge(policy('a')))).toEqual(['allowed', 'denied']);
  expect(verdicts(judge(policy('b')))).toEqual(['denied', 'allowed']);
  expect(verdicts(judge(policy('a'), policy('b')))).toEqual(['allowed', 'allowed']);
});
