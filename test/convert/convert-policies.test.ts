import type { Manifest, TwinKind } from '../../lib/convert/conversion';
import { describeConversionNote } from '../../lib/convert/conversion';
import { convertPolicies } from '../../lib/convert/convert-policies';
import { readManifests } from '../../lib/manifests/read-manifests';
import { cnp, converted, netpol } from './converted';

const db = { endpointSelector: { matchLabels: { app: 'db' } } };
const isolating = { ...db, ingress: [{}] };

test('names, labels and annotations are carried over, and what the server and kubectl add is not', () => {
  const metadata = {
    name: 'a',
    namespace: 'shop',
    labels: { team: 'x', empty: null },
    annotations: { why: 'y', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    uid: 'u',
    resourceVersion: '5',
    managedFields: [],
    ownerReferences: [{}],
    finalizers: ['f'],
  };
  const { twins, notes, problems } = converted(
    { ...netpol({ podSelector: {} }, metadata), status: {} },
    'cilium',
  );
  expect(problems).toEqual([]);
  expect(twins).toEqual([
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'a', namespace: 'shop', labels: { team: 'x', empty: '' }, annotations: { why: 'y' } },
      spec: { endpointSelector: {}, ingress: [{}] },
    },
  ]);
  expect(notes.map(describeConversionNote)).toEqual([
    'metadata.ownerReferences: is about the old object, and is not carried over',
    'metadata.finalizers: is about the old object, and is not carried over',
  ]);
});

test.each<{ to: TwinKind; policy: (metadata: object) => Manifest }>([
  { to: 'cilium', policy: (metadata) => netpol({ podSelector: {} }, metadata) },
  { to: 'kubernetes', policy: (metadata) => cnp(isolating, { metadata }) },
])('a policy without a namespace has a twin without one, to $to', ({ to, policy }) => {
  const [conversion] = convertPolicies([policy({ name: 'a' })], { to, namespace: 'x' });
  expect(conversion?.twins.map(({ metadata }) => metadata)).toEqual([{ name: 'a' }]);
  const made = converted(policy({ generateName: 'a-' }), to);
  expect(made.twins.map(({ metadata }) => metadata)).toEqual([{ generateName: 'a-' }]);
});

test('a list of specs becomes several policies, and what is not about traffic is told', () => {
  const specs = [
    { ...isolating, description: 'the database' },
    { endpointSelector: {}, egress: [{}], log: { value: 'x' } },
  ];
  const { twins, notes } = converted(cnp(specs[0] as object, { specs: specs.slice(1) }), 'kubernetes');
  expect(twins.map(({ metadata, spec }) => ({ metadata, spec }))).toEqual([
    {
      metadata: { name: 'a', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] },
    },
    { metadata: { name: 'a-2', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Egress'] } },
  ]);
  expect(notes.map(describeConversionNote)).toEqual([
    'spec.description: a NetworkPolicy has no such field, and it is not carried over',
    'specs[0].log: a NetworkPolicy has no such field, and it is not carried over',
    'metadata.name: becomes 2 NetworkPolicies, shop/a, shop/a-2, which mean the same together',
  ]);
});

test('a twin whose name no server takes is none', () => {
  const metadata = { name: 'a'.repeat(253), namespace: 'shop', labels: {} };
  const one = converted(cnp(isolating, { metadata }), 'kubernetes');
  expect(one.twins.map((twin) => twin.metadata)).toEqual([{ name: metadata.name, namespace: 'shop' }]);
  const { twins, problems } = converted(cnp(isolating, { metadata, specs: [isolating] }), 'kubernetes');
  expect(twins).toEqual([]);
  expect(problems).toMatchObject([{ problem: expect.stringContaining('a name has 1 to 253') }]);
});

test('no half of a policy is written', () => {
  const { twins, problems, notes } = converted(
    cnp(isolating, { specs: [{ ...db, egressDeny: [{}] }] }),
    'kubernetes',
  );
  expect({ twins, notes }).toEqual({ twins: [], notes: [] });
  expect(problems).toMatchObject([{ at: ['specs', 0, 'egressDeny'] }]);
});

test.each<{ why: string; policies: Manifest[]; beside?: Manifest[]; to: TwinKind }>([
  {
    why: 'of a policy that is there',
    policies: [cnp(isolating)],
    beside: [netpol({ podSelector: {} })],
    to: 'kubernetes',
  },
  {
    why: 'of a policy of Cilium that is there',
    policies: [netpol({ podSelector: {} })],
    beside: [cnp(isolating)],
    to: 'cilium',
  },
  {
    why: 'of another twin',
    policies: [
      cnp(isolating, { specs: [isolating] }),
      cnp(isolating, { metadata: { name: 'a-2', namespace: 'shop' } }),
    ],
    to: 'kubernetes',
  },
])('no twin takes the name $why', ({ policies, beside = [], to }) => {
  const { cluster } = readManifests([...policies, ...beside] as object[]);
  const conversions = convertPolicies(policies, { to, cluster });
  expect(conversions.flatMap(({ twins }) => twins)).toEqual([]);
  expect(conversions.map(({ problems }) => problems.map(({ code }) => code))).toEqual(
    policies.map(() => ['policy-duplicate']),
  );
});

test('the same name in another namespace is another one', () => {
  const { cluster } = readManifests([
    netpol({ podSelector: {} }, { name: 'a', namespace: 'other' }),
  ] as object[]);
  const [conversion] = convertPolicies([cnp(isolating)], { to: 'kubernetes', cluster });
  expect(conversion?.twins).toHaveLength(1);
});

test.each<{ to: TwinKind; policy: Manifest }>([
  { to: 'cilium', policy: cnp(isolating) },
  { to: 'kubernetes', policy: netpol({ podSelector: {} }) },
  { to: 'kubernetes', policy: { kind: 'Deployment' } },
])('what is no policy of the other kind is refused, to $to', ({ to, policy }) => {
  expect(converted(policy, to)).toMatchObject({ twins: [], problems: [{ code: 'no-twin', at: ['kind'] }] });
});
