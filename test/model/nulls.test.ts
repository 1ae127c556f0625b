import type { NetworkPolicy } from '../../lib/model/network-policy';
import { withoutNulls } from '../../lib/model/nulls';

const policy = (spec: unknown) =>
  ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p' },
    spec,
  }) as NetworkPolicy;

test.each([
  { why: 'a field is left out', spec: { podSelector: {}, ingress: null }, reads: { podSelector: {} } },
  { why: 'no spec is an empty one', spec: null, reads: {} },
  {
    why: 'one entry among others is an empty rule',
    spec: { ingress: [{ from: [] }, null] },
    reads: { ingress: [{ from: [] }, {}] },
  },
  {
    why: 'a value of a selector is empty text',
    spec: { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', null] }] } },
    reads: { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', ''] }] } },
  },
  {
    why: 'a label is empty text',
    spec: { podSelector: { matchLabels: { app: null, tier: 'a' } } },
    reads: { podSelector: { matchLabels: { app: '', tier: 'a' } } },
  },
  {
    why: 'a part of a selector is one without requirements',
    spec: { podSelector: { matchLabels: null, matchExpressions: null } },
    reads: { podSelector: { matchLabels: {}, matchExpressions: [] } },
  },
])('where null stands, $why', ({ spec, reads }) => {
  expect(withoutNulls(policy(spec))).toEqual(policy(reads));
});

test.each([
  { why: 'no null', spec: { ingress: [{ ports: [{ port: 80 }] }] } },
  { why: 'no spec', spec: undefined },
])('a policy with $why is given back as it is', ({ spec }) => {
  const given = policy(spec);
  expect(withoutNulls(given)).toBe(given);
});

test('a label and an annotation without a value are empty texts, and none at all is no label', () => {
  const metadata = { name: 'p', labels: { team: null, app: 'web' }, annotations: null };
  expect(withoutNulls({ ...policy({}), metadata } as never).metadata).toEqual({
    name: 'p',
    labels: { team: '', app: 'web' },
    annotations: {},
  });
});
