import { ENGINE_DEPARTURES } from '../../lib/aks/engine-departures';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec, Protocol } from '../../lib/model/network-policy';
import type { Outcome } from '../../lib/reachability/answers/verdict';
import { Reachability } from '../../lib/reachability/reachability';
import { entriesOf } from './arbitrary';
import { clusterOf } from './cases';

function pod(namespace: string, name: string, ip: string, number: number, labels = {}) {
  const ports = [{ name: 'main', port: number, protocol: 'TCP' as Protocol }];
  return { namespace, name, labels: { app: name, ...labels }, ip, ports, nodeName: 'n1' };
}

const BED = clusterOf({
  namespaces: [
    { name: 'a', labels: {} },
    { name: 'b', labels: {} },
  ],
  nodes: [
    { name: 'n1', ips: ['10.1.0.1'] },
    { name: 'n2', ips: ['10.1.0.2'] },
  ],
  pods: [
    pod('a', 'web', '10.2.0.1', 80, { 'topology.kubernetes.io/zone': '1', 'k8s.io/own': 'x' }),
    pod('a', 'db', '10.2.0.2', 81),
  ],
  policies: [],
});

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const from = (peer: object, ports?: object[]): NetworkPolicySpec => ({
  ...onDb,
  ingress: [{ from: [peer], ...(ports === undefined ? {} : { ports }) } as never],
});

interface Row {
  readonly departure: string;
  readonly profile: EngineProfile;
  readonly spec: NetworkPolicySpec;
  readonly ask?: { readonly from: string; readonly to: string; readonly port?: number };
  /** Without and with the profile. */
  readonly verdicts: readonly [Outcome, Outcome];
}

/** Departures that the recorded connections of engines do not reach. */
const ROWS: readonly Row[] = [
  {
    departure: 'nothing-enforces',
    profile: { engine: 'none' },
    spec: onDb,
    verdicts: ['denied', 'allowed'],
  },
  ...['203.0.113.7', 'node:n2'].map((end) => ({
    departure: 'negative-selectors-may-open-outside',
    profile: { engine: 'cilium' as const },
    spec: from({
      namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['q'] }] },
    }),
    ask: { from: end, to: 'a/db' },
    verdicts: ['denied', 'unknown'] as const,
  })),
  {
    departure: 'negative-selectors-may-open-outside',
    profile: { engine: 'byo-cilium' },
    spec: from({
      namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['q'] }] },
      podSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
    }),
    ask: { from: '203.0.113.7', to: 'a/db' },
    verdicts: ['denied', 'unknown'],
  },
  {
    departure: 'leading-zeros-in-address',
    profile: { engine: 'azure' },
    spec: from({ ipBlock: { cidr: '010.2.0.1/32' } }),
    verdicts: ['allowed', 'unknown'],
  },
  {
    departure: 'ipv6-not-filtered',
    profile: { engine: 'azure' },
    spec: onDb,
    ask: { from: '2001:db8::1', to: 'a/db' },
    verdicts: ['denied', 'allowed'],
  },
  {
    departure: 'ip-block-never-nodes',
    profile: { engine: 'cilium' },
    spec: { ...onDb, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.1.0.2/32' } }] }] },
    ask: { from: 'a/db', to: 'node:n2' },
    verdicts: ['allowed', 'denied'],
  },
  {
    departure: 'ip-block-never-nodes',
    profile: { engine: 'byo-cilium' },
    spec: { ...onDb, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.1.0.2/32' } }] }] },
    ask: { from: 'a/db', to: 'node:n2' },
    verdicts: ['allowed', 'unknown'],
  },
  {
    departure: 'own-node-egress-filtered',
    profile: { engine: 'byo-calico' },
    spec: { ...onDb, policyTypes: ['Egress'] },
    ask: { from: 'a/db', to: 'node:n1' },
    verdicts: ['allowed', 'unknown'],
  },
  {
    departure: 'egress-port-name-is-one-number',
    profile: { engine: 'byo-cilium' },
    spec: { ...onDb, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'main' }] }] },
    ask: { from: 'a/db', to: 'a/web', port: 80 },
    verdicts: ['allowed', 'unknown'],
  },
  {
    departure: 'label-not-in-identity',
    profile: { engine: 'cilium' },
    spec: from({ podSelector: { matchLabels: { 'k8s.io/own': 'x' } } }),
    verdicts: ['allowed', 'denied'],
  },
  {
    // The engine isolates none of the pods that the policy isolates by the specification.
    departure: 'label-not-in-identity',
    profile: { engine: 'cilium' },
    spec: { podSelector: { matchLabels: { 'k8s.io/own': 'x' } }, ingress: [] },
    ask: { from: 'a/db', to: 'a/web', port: 80 },
    verdicts: ['denied', 'allowed'],
  },
  {
    departure: 'topology-label-not-in-identity',
    profile: { engine: 'cilium', kubernetesVersion: '1.36.1' },
    spec: from({ podSelector: { matchLabels: { 'topology.kubernetes.io/zone': '1' } } }),
    verdicts: ['allowed', 'unknown'],
  },
  {
    departure: 'end-port-ignored',
    profile: { engine: 'cilium', kubernetesVersion: '1.31' },
    spec: from({ podSelector: {} }, [{ port: 80, endPort: 90 }]),
    ask: { from: 'a/web', to: 'a/db', port: 85 },
    verdicts: ['allowed', 'unknown'],
  },
];

const NODES = [...BED.nodes, { name: 'n2', labels: {}, addresses: ['10.1.0.2'] }];

test.each(ROWS)('$profile.engine: $departure', ({ departure, profile, spec, ask, verdicts }) => {
  const cluster = { ...BED, nodes: NODES, policies: entriesOf([{ namespace: 'a', spec }]) };
  const question = ask ?? { from: 'a/web', to: 'a/db', port: 80 };
  const [specified, actual] = [{}, profile].map((each) =>
    Reachability.of(cluster, { profile: each }).verdict(question),
  );
  expect([specified?.verdict, actual?.verdict]).toEqual(verdicts);
  expect(specified?.departures).toEqual([]);
  expect(actual?.departures.map(({ id }) => id)).toContain(departure);
  if (actual?.verdict === 'unknown') {
    expect(actual.doubts.map(({ code }) => code)).toContain('engine-undocumented');
  }
});

test.each([
  { kubernetesVersion: '1.35.2', verdict: 'allowed' },
  { kubernetesVersion: '1.36.0', verdict: 'unknown' },
])(
  'a departure of some versions leaves the others alone: $kubernetesVersion',
  ({ kubernetesVersion, verdict }) => {
    const spec = from({ podSelector: { matchLabels: { 'topology.kubernetes.io/zone': '1' } } });
    const cluster = { ...BED, policies: entriesOf([{ namespace: 'a', spec }]) };
    const judged = Reachability.of(cluster, { profile: { engine: 'cilium', kubernetesVersion } });
    expect(judged.verdict({ from: 'a/web', to: 'a/db' }).verdict).toBe(verdict);
  },
);

test('a verdict on SCTP under Cilium says that the data path may drop it', () => {
  const verdict = Reachability.of(BED, { profile: { engine: 'cilium' } }).verdict({
    from: 'a/web',
    to: 'a/db',
    port: '3868/SCTP',
  });
  expect(verdict.verdict).toBe('allowed');
  expect(verdict.departures.map(({ id }) => id)).toEqual(['sctp-not-carried']);
});

test('every departure has a name of its own, a statement and a source', () => {
  const ids = ENGINE_DEPARTURES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ENGINE_DEPARTURES.filter(({ statement, source }) => statement === '' || source === '')).toEqual([]);
});
