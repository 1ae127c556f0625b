import fc from 'fast-check';
import type { Manifest, TwinKind } from '../../lib/convert/conversion';
import { convertPolicies } from '../../lib/convert/convert-policies';
import { namespacedSpec, NAMESPACES as PLACES } from '../reachability/arbitrary';
import { sampleSeed } from '../support/sample-seed';
import { ask, type End, type Probe, type Question, type QuestionPod } from './oracle';

/** What Cilium's own code makes of policies and of their twins. */

const NODES = [{ name: 'other', ip: '10.224.0.5' }];
const API_SERVER = '20.50.1.2';
const OTHERS: readonly End[] = [
  { host: true },
  { remoteNode: true },
  { address: '203.0.113.7' },
  { address: '10.9.0.200' },
  { address: '8.8.8.8' },
  { apiServer: API_SERVER },
];
const FLOWS = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 81 },
  { protocol: 'UDP', port: 79 },
  { protocol: 'UDP', port: 443 },
  { protocol: 'SCTP', port: 80 },
  { protocol: 'ICMP', port: 8 },
] as const;

function probesOf(pods: readonly QuestionPod[]): readonly Probe[] {
  const ends = pods.map((_, pod) => ({ pod }));
  return ends
    .flatMap((pod) => [
      ...ends.filter((each) => each !== pod).map((to) => ({ from: pod, to })),
      ...OTHERS.flatMap((other) => [
        { from: pod, to: other },
        { from: other, to: pod },
      ]),
    ])
    .flatMap((between) => FLOWS.map((flow) => ({ ...between, ...flow })));
}

type Bed = Pick<Question, 'namespaces' | 'pods'>;

/** Expects that nothing changes where the twins stand in place of the policy, alone and beside a policy that isolates. */
async function expectSame(policy: Manifest, twins: readonly Manifest[], bed: Bed): Promise<void> {
  const isolating = bed.namespaces?.map(({ name: namespace }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'isolating', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  }));
  const probes = probesOf(bed.pods);
  for (const beside of [[], isolating ?? []]) {
    const [was, is] = [
      await ask({ ...bed, nodes: NODES, probes, policies: [...beside, policy] }),
      await ask({ ...bed, nodes: NODES, probes, policies: [...beside, ...twins] }),
    ];
    expect(is.invalid.filter((error) => error !== null)).toEqual([]);
    expect(is.verdicts).toEqual(was.verdicts);
  }
}

const converted = (policy: Manifest, to: TwinKind) => {
  const [{ twins, problems } = { twins: [], problems: [] }] = convertPolicies([policy], { to });
  return { twins, problems };
};

const BED: Bed = {
  namespaces: PLACES.map((name, i) => ({ name, labels: i === 0 ? { app: 'a' } : { env: 'b', tier: '' } })),
  pods: [
    { namespace: 'default', name: 'a', labels: { app: 'a' } },
    { namespace: 'x', name: 'b', labels: { app: 'a', env: 'b', tier: '' } },
    { namespace: 'x', name: 'c', labels: {} },
    { namespace: 'y', name: 'd', labels: { app: 'b', tier: 'a' } },
  ].map((pod, i) => ({
    ...pod,
    ip: `10.0.0.${i + 1}`,
    ports: i < 2 ? [{ name: 'http', protocol: 'TCP', port: 80 }] : [],
  })),
};

/** Each is judged four times, and by the evaluator besides. */
const RUNS = Number(process.env.CILIUM_RUNS ?? 10_000) / 5;

test('a NetworkPolicy and its twin are one to Cilium', async () => {
  let equal = 0;
  await fc.assert(
    fc.asyncProperty(namespacedSpec, async ({ namespace, spec }) => {
      const policy = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'p', namespace },
        spec,
      };
      const { twins } = converted(policy, 'cilium');
      if (twins.length > 0) {
        equal += 1;
        await expectSame(policy, twins, BED);
      }
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
  expect(equal / RUNS).toBeGreaterThan(0.75);
}, 3_600_000);

test.each<{ why: string; spec: object }>([
  {
    why: 'with labels that are called as those of Cilium',
    spec: {
      podSelector: { matchLabels: { host: 'a' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { ingress: 'a' } } }] }],
    },
  },
  {
    why: 'with labels that Cilium keeps out of identities',
    spec: {
      podSelector: { matchExpressions: [{ key: 'pod-template-hash', operator: 'DoesNotExist' }] },
      ingress: [{ from: [{ podSelector: { matchLabels: { 'pod-template-hash': 'a' } } }] }],
    },
  },
  {
    why: 'with rules of a direction that policyTypes omits',
    spec: {
      podSelector: {},
      policyTypes: ['Ingress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'b' } } }] }],
    },
  },
  {
    why: 'with more ports than fit into one entry',
    spec: { podSelector: {}, ingress: [{ ports: Array.from({ length: 90 }, (_, i) => ({ port: i + 1 })) }] },
  },
  { why: 'that lets everybody in', spec: { podSelector: {}, ingress: [{}], egress: [{}] } },
])('a NetworkPolicy $why and its twin are one to Cilium', async ({ spec }) => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'x' },
    spec,
  };
  const labels = [{ host: 'a' }, { ingress: 'a', app: 'b' }, { 'pod-template-hash': 'a' }, {}];
  const pods = BED.pods.map((pod, i) => ({ ...pod, namespace: 'x', labels: labels[i] ?? {} }));
  const { twins } = converted(policy, 'cilium');
  expect(twins).toHaveLength(1);
  await expectSame(policy, twins, { ...BED, pods });
});

const any = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(each: fc.Arbitrary<T>, min = 0) => fc.array(each, { minLength: min, maxLength: 2 });
const requirement = (...keys: readonly string[]) =>
  fc.oneof(
    fc.record({ key: any(...keys), operator: any('In', 'NotIn'), values: some(any('a', 'b', 'x', 'y'), 1) }),
    fc.record({ key: any(...keys), operator: any('Exists', 'DoesNotExist') }),
  );
const NAME = 'k8s:io.kubernetes.pod.namespace';
const selector = (...keys: readonly string[]) =>
  some(requirement(...keys)).map((matchExpressions) => ({ matchExpressions }));
const endpoint = selector('app', 'tier', 'k8s:env', NAME, 'io.cilium.k8s.namespace.labels.env');
const block = any<object>(
  { cidr: '0.0.0.0/0' },
  { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] },
  { cidr: '10.9.0.0/16', except: ['10.9.0.0/16'] },
  { cidr: '10.0.0.0/8' },
);
const peers = (side: 'from' | 'to') =>
  fc.oneof(
    fc.constant({}),
    some(endpoint).map((list) => ({ [`${side}Endpoints`]: list })),
    some(block).map((list) => ({ [`${side}CIDRSet`]: list })),
    some(any('8.8.8.8/32', '::/0')).map((list) => ({ [`${side}CIDR`]: list })),
    some(any('all', 'world', 'none', 'cluster')).map((list) => ({ [`${side}Entities`]: list })),
  );
const port = fc.tuple(
  any(
    { port: '80' },
    { port: '0' },
    { port: 'http' },
    { port: '79', endPort: 81 },
    { port: '443', endPort: 1 },
  ),
  any({}, { protocol: 'ANY' }, { protocol: 'UDP' }, { protocol: 'SCTP' }),
);
const toPorts = fc.oneof(
  fc.constant({}),
  some(some(port).map((list) => ({ ports: list.map(([a, b]) => ({ ...a, ...b })) }))).map((list) => ({
    toPorts: list,
  })),
);
const rule = (side: 'from' | 'to') =>
  fc.tuple(peers(side), toPorts).map(([whom, what]) => ({ ...whom, ...what }));
const spec = fc.oneof(
  fc.record({ ingress: some(rule('from'), 1) }),
  fc.record({ egress: some(rule('to'), 1) }),
  fc.record({ ingress: some(rule('from'), 1), egress: some(rule('to'), 1) }),
);
const inNamespace = fc.record({
  kind: fc.constant('CiliumNetworkPolicy'),
  metadata: fc.record({ name: fc.constant('p'), namespace: any(...PLACES) }),
  specs: some(fc.tuple(selector('app', 'env'), spec), 1),
});
const clusterwide = fc.record({
  kind: fc.constant('CiliumClusterwideNetworkPolicy'),
  metadata: fc.constant({ name: 'p' }),
  specs: some(
    fc.tuple(
      some(any(...PLACES), 1).map((values) => ({
        matchExpressions: [{ key: NAME, operator: 'In', values }],
      })),
      spec,
    ),
    1,
  ),
});
const ciliumPolicy = fc.oneof(inNamespace, clusterwide).map(({ specs, ...policy }) => ({
  apiVersion: 'cilium.io/v2',
  ...policy,
  specs: specs.map(([endpointSelector, each]) => ({ endpointSelector, ...each })),
}));

test('a policy of Cilium and its twins are one to Cilium', async () => {
  let equal = 0;
  await fc.assert(
    fc.asyncProperty(ciliumPolicy, async (policy) => {
      const { twins } = converted(policy, 'kubernetes');
      if (twins.length > 0) {
        equal += 1;
        await expectSame(policy, twins, BED);
      }
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
  expect(equal / RUNS).toBeGreaterThan(0.4);
}, 3_600_000);
