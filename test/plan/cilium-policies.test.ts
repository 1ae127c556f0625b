import { readManifests } from '../../lib/manifests/read-manifests';
import { policyKindNamed } from '../../lib/model/policy-kinds';
import { changedCluster, type ManagedPolicy, managedPoliciesIn, policyName } from '../../lib/plan/any-policy';
import { FIELD_MANAGER } from '../../lib/plan/ownership';
import { driftOf } from '../../lib/plan/policy-drift';
import { pairsOf } from '../../lib/plan/policy-pairs';
import { inWritingOrder, planPolicies } from '../../lib/plan/policy-plan';
import { asStored } from '../../lib/plan/stored-policy';
import { policy } from '../support/shop';

const read = (...objects: readonly object[]): readonly ManagedPolicy[] =>
  managedPoliciesIn(readManifests(objects).cluster);
const one = (object: object) => read(object)[0] as ManagedPolicy;

const cilium = (name: string, spec: object, metadata: object = {}, more: object = {}) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
  ...more,
});
const wide = (name: string, spec: object, metadata: object = {}) => ({
  ...cilium(name, spec),
  kind: 'CiliumClusterwideNetworkPolicy',
  metadata: { name, ...metadata },
});
const OWNED = { managedFields: [{ manager: FIELD_MANAGER, operation: 'Apply' }] };
const closed = { endpointSelector: {}, ingress: [{}] };
const open = { endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] };
const ping = (field: object) => ({ endpointSelector: {}, ingress: [{ icmps: [{ fields: [field] }] }] });

test('a name means a policy of one kind', () => {
  const policies = read(
    cilium('web', closed),
    policy('web', { podSelector: {} }),
    wide('web', closed),
    cilium('a', closed),
  );
  expect(policies.map(policyName)).toEqual([
    'CiliumClusterwideNetworkPolicy web',
    'CiliumNetworkPolicy shop/a',
    'shop/web',
    'CiliumNetworkPolicy shop/web',
  ]);
  const [pair] = pairsOf([one(cilium('web', closed))], policies);
  expect(pair?.there?.kind).toBe('CiliumNetworkPolicy');
  expect(pairsOf([one(wide('a', closed))], policies)[0]).not.toHaveProperty('there');
});

test.each([
  { text: 'cnp', kind: 'CiliumNetworkPolicy' },
  { text: 'ciliumnp', kind: 'CiliumNetworkPolicy' },
  { text: 'CiliumNetworkPolicy', kind: 'CiliumNetworkPolicy' },
  { text: 'ciliumnetworkpolicies.cilium.io', kind: 'CiliumNetworkPolicy' },
  { text: 'ccnp', kind: 'CiliumClusterwideNetworkPolicy' },
  { text: 'netpol', kind: 'NetworkPolicy' },
  { text: 'networkpolicies.networking.k8s.io', kind: 'NetworkPolicy' },
  { text: 'networkpolicies.crd.projectcalico.org', kind: undefined },
  { text: 'shop', kind: undefined },
])('a person who writes $text means $kind', ({ text, kind }) => {
  expect(policyKindNamed(text)?.kind).toBe(kind);
});

describe('drift', () => {
  test.each([
    { why: 'a policy that is the same is none', live: [cilium('a', closed)], says: [] },
    {
      why: 'what the server and the operator add is none',
      live: [
        cilium(
          'a',
          closed,
          { uid: '1', generation: 3, ...OWNED },
          {
            status: { conditions: [{ type: 'Valid', status: 'True' }] },
          },
        ),
      ],
      says: [],
    },
    {
      why: 'the default of the definition is none',
      wanted: cilium('a', ping({ type: 'EchoRequest' })),
      live: [cilium('a', ping({ type: 'EchoRequest', family: 'IPv4' }))],
      says: [],
    },
    {
      why: 'another family is one',
      wanted: cilium('a', ping({ type: 'EchoRequest' })),
      live: [cilium('a', ping({ type: 'EchoRequest', family: 'IPv6' }))],
      says: ['changed CiliumNetworkPolicy shop/a spec.ingress[0].icmps[0].fields[0].family'],
    },
    {
      why: 'null is none',
      wanted: cilium('a', { ...closed, description: null }),
      live: [cilium('a', closed)],
      says: [],
    },
    {
      why: 'an empty list is one, because it means something to Cilium',
      live: [cilium('a', { ...closed, egress: [] })],
      says: ['changed CiliumNetworkPolicy shop/a spec.egress'],
    },
    {
      why: 'a part in specs is compared',
      live: [cilium('a', closed, {}, { specs: [closed] })],
      says: ['changed CiliumNetworkPolicy shop/a specs'],
    },
    {
      why: 'a policy of another kind with the name is no stand-in',
      live: [policy('a', { podSelector: {} })],
      says: ['foreign shop/a ', 'missing CiliumNetworkPolicy shop/a '],
    },
    {
      why: 'one of the whole cluster that code owns may be another program’s',
      live: [cilium('a', closed), wide('b', closed, OWNED)],
      says: [],
    },
  ])('$why', ({ wanted = cilium('a', closed), live, says }) => {
    const drift = driftOf(read(wanted), read(...live), new Set(['shop']));
    expect(
      drift.map((each) => `${each.drift} ${policyName(each)} ${each.fields.map(({ field }) => field)}`),
    ).toEqual(says);
  });

  test('one of the whole cluster that code owns is extra where the manifests have such policies', () => {
    const live = read(wide('a', closed), wide('b', closed, OWNED), wide('c', closed));
    const drift = driftOf(read(wide('a', closed)), live, new Set());
    expect(drift.map(({ drift: word, name }) => `${word} ${name}`)).toEqual(['extra b', 'foreign c']);
  });
});

test('a plan knows policies of the kinds as it knows NetworkPolicies', () => {
  const live = read(cilium('same', closed, OWNED), cilium('taken', closed), wide('other', closed, OWNED));
  const results = read(
    cilium('same', closed),
    cilium('taken', closed),
    wide('other', open),
    wide('new', closed),
  );
  expect(planPolicies(pairsOf(results, live)).map((each) => `${each.action} ${policyName(each)}`)).toEqual([
    'create CiliumClusterwideNetworkPolicy new',
    'change CiliumClusterwideNetworkPolicy other',
    'keep CiliumNetworkPolicy shop/same',
    'adopt CiliumNetworkPolicy shop/taken',
  ]);
});

test('what allows is written before what only denies, also of a kind that can deny', () => {
  const policies = read(
    cilium('denies', { endpointSelector: {}, ingressDeny: [{ fromEntities: ['world'] }] }),
    cilium('opens', open),
    cilium('unread', { endpointSelector: {}, ingress: [{ fromRequires: [{}] }] }),
    policy('shut', { podSelector: {} }),
  );
  const order = inWritingOrder(policies, 'put').map(({ name }) => name);
  expect(order).toEqual(['opens', 'unread', 'denies', 'shut']);
});

test('a policy that the server refuses is judged as it is written, with the labels that are there', () => {
  const there = one(cilium('a', closed, { labels: { cost: '1' } }));
  const result = asStored({ policy: one(cilium('a', open, { labels: { team: 'x' } })), there });
  expect(result.written).toMatchObject({
    metadata: { labels: { cost: '1', team: 'x' } },
    spec: open,
  });
});

test('a changed cluster has what is put in place of what has its kind and name', () => {
  const { cluster } = readManifests([
    cilium('a', closed),
    wide('a', closed),
    policy('a', { podSelector: {} }),
  ]);
  const changed = changedCluster(cluster, {
    put: read(cilium('a', open), policy('b', { podSelector: {} })),
    remove: read(wide('a', closed)),
  });
  expect(managedPoliciesIn(changed).map((each) => [policyName(each), each.written])).toEqual([
    ['shop/a', policy('a', { podSelector: {} })],
    ['CiliumNetworkPolicy shop/a', cilium('a', open)],
    ['shop/b', policy('b', { podSelector: {} })],
  ]);
});

test.each([
  {
    why: 'services',
    spec: {
      endpointSelector: {},
      egress: [{ toServices: [{ k8sService: { serviceName: 'db', namespace: 'shop' } }] }],
    },
    isKnown: false,
  },
  {
    why: 'groups of addresses',
    spec: { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] },
    isKnown: false,
  },
  { why: 'endpoints', spec: { endpointSelector: {}, egress: [{ toEndpoints: [{}] }] }, isKnown: true },
])('in another cluster it is known what a policy says of $why: $isKnown', ({ spec, isKnown }) => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { app: 'db' }, ports: [{ port: 80 }] },
  };
  const group = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumCIDRGroup',
    metadata: { name: 'partners' },
    spec: { externalCIDRs: ['203.0.113.0/24'] },
  };
  const put = read(cilium('a', spec), service, group);
  expect(put[0]).toHaveProperty('says');
  const { unjudged = [] } = changedCluster(readManifests([policy('b', {})]).cluster, { put });
  expect(unjudged[0]?.says !== undefined).toBe(isKnown);
  const there = readManifests([service, group]).cluster;
  const [alone] = changedCluster(there, { put: read(cilium('a', spec)) }).unjudged ?? [];
  expect(alone?.says).toEqual((put[0] as { says?: unknown }).says);
});
