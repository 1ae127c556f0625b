import { readManifests } from '../../lib/manifests/read-manifests';
import { type ReadDocument, readDocuments } from '../../lib/yaml/documents';

const read = (text: string) => [...readDocuments(text)];

const ANCHORS = 'l: &l {app: web, tier: front}\nm: &m {app: m, z: 1}\n';

/** What kubectl's decoder makes of each. */
test.each([
  { why: 'a merge after a key', object: '{app: api, <<: *l}', value: { app: 'web', tier: 'front' } },
  { why: 'a merge before a key', object: '{<<: *l, app: api}', value: { app: 'api', tier: 'front' } },
  {
    why: 'a merge between keys',
    object: '{app: a, tier: a, <<: *l, app: c}',
    value: { app: 'c', tier: 'front' },
    twice: 'app twice',
  },
  { why: 'two merges', object: '{<<: *l, <<: *m}', value: { app: 'm', tier: 'front', z: 1 } },
  { why: 'a list of two', object: '{<<: [*l, *m]}', value: { app: 'web', tier: 'front', z: 1 } },
  {
    why: 'a list after a key and before a key and a merge',
    object: '{z: 0, <<: [*l, *m], app: t, <<: {tier: u}}',
    value: { app: 't', tier: 'u', z: 1 },
  },
  { why: 'an empty list', object: '{app: api, <<: []}', value: { app: 'api' } },
  { why: 'a merge in what is merged, before', object: '{<<: {<<: *m, app: f}}', value: { app: 'f', z: 1 } },
  { why: 'a merge in what is merged, after', object: '{<<: {app: f, <<: *m}}', value: { app: 'm', z: 1 } },
  { why: 'a block', object: '\n  app: api\n  <<: *l', value: { app: 'web', tier: 'front' } },
  {
    why: 'an object in it, which is not mixed',
    object: '{a: {b: 1}, <<: {a: {c: 2}}}',
    value: { a: { c: 2 } },
  },
  { why: 'a key in quotes, which is no merge', object: '{"<<": 1, a: 2}', value: { '<<': 1, a: 2 } },
  { why: 'a text', object: '{a: <<, b: [<<]}', value: { a: '<<', b: ['<<'] } },
])('$why: what comes later counts, as to kubectl', ({ object, value, twice }) => {
  const [document] = read(`${ANCHORS}x: ${object}\n`) as [ReadDocument];
  expect((document.value as { x: object }).x).toEqual(value);
  expect(document.problems.map(({ got }) => got)).toEqual(twice === undefined ? [] : [twice]);
});

test.each([
  { why: 'nothing', object: '{<<: }' },
  { why: 'a text', object: '{<<: a}' },
  { why: 'a list with a text', object: '{<<: [*l, a]}' },
  { why: 'a list in a list', object: '{<<: [[*l]]}' },
])('a merge of $why is refused, as kubectl refuses it', ({ object }) => {
  expect(read(`${ANCHORS}x: ${object}\n`)).toMatchObject([
    { value: undefined, problems: [{ code: 'syntax-invalid', problem: expect.stringContaining('a merge') }] },
  ]);
});

test.each([
  { why: 'a merge that counts', text: 'l: &l\n  k: 1\nx:\n  k: 2\n  <<: *l\n', line: 2 },
  { why: 'a key that counts', text: 'l: &l\n  k: 1\nx:\n  <<: *l\n  k: 2\n', line: 5 },
  { why: 'the first of a list', text: 'l: &l\n  k: 1\nm: &m\n  k: 2\nx:\n  <<: [*l, *m]\n', line: 2 },
  { why: 'the last with an anchor', text: 'l: &l\n  k: 1\nm: &l\n  k: 2\nx:\n  <<: *l\n', line: 4 },
  { why: 'a merge in what is merged', text: 'x:\n  <<:\n    <<:\n      k: 1\n', line: 4 },
])('the place of a value is that of $why', ({ text, line }) => {
  const [document] = read(text);
  const { offset } = document?.locate({ code: 'type-mismatch', at: ['x', 'k'] }) ?? { offset: -1 };
  expect(text.slice(0, offset).split('\n')).toHaveLength(line);
});

test('a policy selects the pods that a merge after a key says', () => {
  const policy = (labels: string) => ({
    file: 'a.yaml',
    text: [
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata: {name: db, namespace: shop, labels: &l {app: web}}',
      `spec: {podSelector: {matchLabels: ${labels}}}`,
    ].join('\n'),
  });
  const read = (labels: string) => readManifests([policy(labels)]).cluster.policies;
  const selecting = (app: string) => [{ written: { spec: { podSelector: { matchLabels: { app } } } } }];
  expect(read('{app: api, <<: *l}')).toMatchObject(selecting('web'));
  expect(read('{<<: *l, app: api}')).toMatchObject(selecting('api'));
});
