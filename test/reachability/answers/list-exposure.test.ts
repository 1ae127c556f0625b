import type { EngineProfile } from '../../../lib/model/engine-profile';
import type { NetworkPolicyPeer, NetworkPolicySpec } from '../../../lib/model/network-policy';
import type { TrafficPeer } from '../../../lib/model/policy-rules';
import { Reachability } from '../../../lib/reachability/reachability';
import { entity, guard } from '../../support/guard';
import { read } from '../../support/shop-cluster';
import { entriesOf } from '../arbitrary';

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const everyPod = { namespaceSelector: {} };
const block = (cidr: string) => ({ ipBlock: { cidr } });
const PORTS = '5432/TCP';

function unknownPodsOf(judged: Reachability): string {
  const db = judged.exposure().find(({ workload }) => workload.name === 'db');
  return String(db?.unknownPods);
}

describe('what pods that nobody knows yet can reach', () => {
  test.each<{ why: string; from: readonly NetworkPolicyPeer[]; profile?: EngineProfile; open: string }>([
    { why: 'a selector of all pods means them', from: [everyPod], open: PORTS },
    {
      why: 'one such peer is enough',
      from: [{ podSelector: { matchLabels: { app: 'web' } } }, everyPod],
      open: PORTS,
    },
    { why: 'all pods of the own namespace are not they', from: [{ podSelector: {} }], open: 'none' },
    {
      why: 'nor are pods with a label',
      from: [{ ...everyPod, podSelector: { matchLabels: { app: 'web' } } }],
      open: 'none',
    },
    {
      why: 'pods without one are',
      from: [{ ...everyPod, podSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }],
      open: PORTS,
    },
    {
      why: 'namespaces with a label are not theirs',
      from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }],
      open: 'none',
    },
    {
      why: 'a block around every pod means them',
      from: [block('10.0.0.0/8')],
      profile: { podCidrs: ['10.244.0.0/16'] },
      open: PORTS,
    },
    {
      why: 'a block around some does not',
      from: [block('10.244.0.0/24')],
      profile: { podCidrs: ['10.244.0.0/16'] },
      open: 'none',
    },
    {
      why: 'nor does any on cilium',
      from: [block('10.0.0.0/8')],
      profile: { engine: 'cilium', podCidrs: ['10.244.0.0/16'] },
      open: 'none',
    },
  ])('$why', ({ from, profile = {}, open }) => {
    const cluster = read({ ...onDb, ingress: [{ from, ports: [{ port: 5432 }] }] });
    expect(unknownPodsOf(Reachability.of(cluster, { profile }))).toBe(open);
  });

  test.each<{ why: string; peers: readonly TrafficPeer[]; open: string }>([
    { why: 'they are of the cluster', peers: [entity('cluster')], open: '*' },
    { why: 'and not of the world', peers: [entity('world')], open: 'none' },
    { why: 'a rule for nobody is not for them', peers: [], open: 'none' },
  ])('$why', ({ peers, open }) => {
    const policy = guard({ name: 'g', isolates: ['Ingress'], ingress: [{ action: 'allow', peers }] });
    expect(unknownPodsOf(Reachability.of({ ...read(), policies: [policy] }))).toBe(open);
  });
});

test.each<{ why: string; from: readonly NetworkPolicyPeer[]; knownOnly?: boolean; open: string }>([
  {
    why: 'a namespace that nobody declares has some',
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    open: PORTS,
  },
  {
    why: 'they are not counted where only known ones are',
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    knownOnly: true,
    open: 'none',
  },
  {
    why: 'so have namespaces by their labels',
    from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }],
    open: PORTS,
  },
  { why: 'pods to come of the own namespace are of no other', from: [{ podSelector: {} }], open: 'none' },
  {
    why: 'a whole namespace that is declared and empty',
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'empty' } } }],
    open: PORTS,
  },
  {
    why: 'a whole namespace with known pods',
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'mon' } } }],
    open: PORTS,
  },
  {
    why: 'known ones alone',
    from: [
      { namespaceSelector: { matchLabels: { team: 'mon' } }, podSelector: { matchLabels: { app: 'probe' } } },
    ],
    knownOnly: true,
    open: PORTS,
  },
])('pods of other namespaces that could be there: $why', ({ from, knownOnly = false, open }) => {
  const known = read({ ...onDb, ingress: [{ from, ports: [{ port: 5432 }] }] });
  const cluster = {
    ...known,
    namespaces: [...known.namespaces, { name: 'empty', labels: {}, declared: true }],
  };
  const exposures = Reachability.of(cluster, { knownOnly }).exposure();
  const db = exposures.find(({ workload }) => workload.name === 'db');
  expect(String(db?.otherNamespaces)).toBe(open);
});

test.each<{ why: string; cidrs: readonly string[]; hasIpv6: boolean }>([
  { why: 'no policy names one', cidrs: ['203.0.113.0/24', '198.51.100.0/24'], hasIpv6: false },
  { why: 'one of several policies does', cidrs: ['203.0.113.0/24', '2001:db8::/32'], hasIpv6: true },
])('IPv6 addresses are listed where some policy names one: $why', ({ cidrs, hasIpv6 }) => {
  const policies = entriesOf(
    cidrs.map((cidr) => {
      const spec: NetworkPolicySpec = { ...onDb, ingress: [{ from: [block(cidr)] }] };
      return { namespace: 'shop', spec };
    }),
  );
  const rows = [...Reachability.of({ ...read(), policies }).connections({ to: 'shop/db' })];
  const listed = rows.flatMap(({ from }) => from.addresses?.ranges() ?? []);
  expect(listed.some((cidr) => cidr.includes(':'))).toBe(hasIpv6);
});

test('a policy that nothing enforces selects no workload', () => {
  const cluster = read({ ...onDb, ingress: [] });
  const selecting = (profile: EngineProfile) =>
    Reachability.of(cluster, { profile })
      .policiesSelecting('shop/db')
      .map(({ policy }) => policy);
  expect([selecting({}), selecting({ engine: 'none' })]).toEqual([['shop/db'], []]);
});
