import { factsOf } from '../../lib/lint/cluster-facts';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { NAMED_PORTS } from '../reachability/named-ports';
import { guard } from '../support/guard';
import { read } from '../support/shop-cluster';

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
function opening(spec: NetworkPolicySpec) {
  const { policies } = read(spec);
  const facts = factsOf(Reachability.of({ ...NAMED_PORTS, policies }));
  const [policy] = policies;
  const direction = spec.egress === undefined ? 'Ingress' : 'Egress';
  const ofThose = (...names: readonly string[]) =>
    facts.setOf(NAMED_PORTS.workloads.filter(({ name }) => names.includes(name)));
  return { opened: policy && facts.opening(policy, direction, 0), ofThose };
}

test.each<{ why: string; ports?: readonly object[]; on?: readonly string[]; open: string }>([
  { why: 'every port, where none is written', open: '*' },
  {
    why: 'numbers, whoever is asked about',
    ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }],
    open: '80/TCP, 53/UDP',
  },
  { why: 'numbers on a destination too', ports: [{ port: 80 }], on: ['web'], open: '80/TCP' },
  { why: 'what a name is on a destination', ports: [{ port: 'main' }], on: ['web'], open: '8080/TCP' },
  {
    why: 'a number beside it',
    ports: [{ port: 80 }, { port: 'main' }],
    on: ['db'],
    open: '80/TCP, 5432/TCP',
  },
  {
    why: 'what it is on each of several',
    ports: [{ port: 'main' }],
    on: ['web', 'db'],
    open: '5432/TCP, 8080/TCP',
  },
  { why: 'nothing where nobody has the name', ports: [{ port: 'main' }], on: ['probe'], open: 'none' },
  { why: 'nothing of a name on an address', ports: [{ port: 'main' }], open: 'none' },
  { why: 'a number beside a name on an address', ports: [{ port: 80 }, { port: 'main' }], open: '80/TCP' },
])('a rule opens $why: $open', ({ ports, on, open }) => {
  const rule = ports === undefined ? {} : { ports };
  const { opened, ofThose } = opening({ ...onDb, policyTypes: ['Egress'], egress: [rule as never] });
  expect(String(opened?.ports(on && ofThose(...on)))).toBe(open);
});

test('a rule opens to whom its entries mean, and one without entries to everybody', () => {
  const from = [{ podSelector: { matchLabels: { app: 'web' } } }, { ipBlock: { cidr: '203.0.113.0/24' } }];
  const { opened } = opening({ ...onDb, ingress: [{ from }] });
  expect(
    opened?.peers?.map(({ workloads, addresses }) => [
      workloads.list().map(({ name }) => name),
      String(addresses),
    ]),
  ).toEqual([
    [['web'], 'none'],
    [[], '203.0.113.0/24'],
  ]);
  expect(opened?.peer(2)).toBeUndefined();
  expect(opening({ ...onDb, ingress: [{}] }).opened?.peers).toBeUndefined();
});

test('what is not in force, denies or is not there opens nothing', () => {
  const [policy] = read({ ...onDb, ingress: [{}] }).policies;
  const denying = guard({ name: 'g', ingress: [{ action: 'deny' }] });
  const cluster = { ...read(), policies: policy === undefined ? [denying] : [policy, denying] };
  const facts = factsOf(Reachability.of(cluster));
  const without = factsOf(Reachability.of(cluster, { profile: { engine: 'none' } }));
  expect(cluster.policies).toHaveLength(2);
  expect(cluster.policies.map((each) => facts.opening(each, 'Ingress', 0) === undefined)).toEqual([
    false,
    true,
  ]);
  expect(cluster.policies.map((each) => without.opening(each, 'Ingress', 0))).toEqual([undefined, undefined]);
  expect(facts.opening(cluster.policies[0] as never, 'Ingress', 1)).toBeUndefined();
});
