import { withoutServerFields } from '../../lib/plan/server-fields';

const own = (metadata: unknown) => withoutServerFields({ kind: 'NetworkPolicy', metadata }).metadata;

test.each<{ why: string; metadata: unknown; left: unknown }>([
  {
    why: 'what the server writes',
    metadata: {
      name: 'a',
      uid: 'u',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-02T03:04:05Z',
      managedFields: [],
      selfLink: '/a',
    },
    left: { name: 'a' },
  },
  {
    why: 'what is empty',
    metadata: {
      name: '',
      namespace: '',
      generateName: '',
      labels: {},
      annotations: {},
      ownerReferences: [],
      finalizers: [],
    },
    left: {},
  },
  {
    why: 'what is null',
    metadata: { name: 'a', namespace: null, labels: null, finalizers: null },
    left: { name: 'a' },
  },
  {
    why: 'what kubectl applied last',
    metadata: {
      name: 'a',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', note: 'x' },
    },
    left: { name: 'a', annotations: { note: 'x' } },
  },
  {
    why: 'annotations of which that is the only one',
    metadata: { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
    left: { name: 'a' },
  },
  { why: 'a field that nobody knows', metadata: { name: 'a', nam: '' }, left: { name: 'a', nam: '' } },
  {
    why: 'a label that is null',
    metadata: { labels: { team: null, app: 'a' } },
    left: { labels: { team: '', app: 'a' } },
  },
  { why: 'metadata that are no object', metadata: 'a', left: 'a' },
])('of a policy as a person writes it, $why', ({ metadata, left }) => {
  expect(own(metadata)).toEqual(left);
});

test('a status is left out, and the spec stays', () => {
  expect(withoutServerFields({ kind: 'NetworkPolicy', spec: {}, status: {} })).toEqual({
    kind: 'NetworkPolicy',
    spec: {},
  });
});
