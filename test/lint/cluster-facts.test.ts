import { factsOf } from '../../lib/lint/cluster-facts';
import type { Cluster, Workload } from '../../lib/model/cluster';
import { IpSet } from '../../lib/model/ip-set';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { read } from '../support/shop-cluster';

const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const WEB = { podSelector: { matchLabels: { app: 'web' } } };
const block = (cidr: string) => ({ ipBlock: { cidr } });
const named = ({ workloads }: Cluster, name: string) =>
  workloads.find((each) => each.name === name) as Workload;

test.each<{ why: string; spec: NetworkPolicySpec; nodes: string; addresses: readonly string[] }>([
  {
    why: 'whom a rule for everybody lets in',
    spec: { ...onDb, ingress: [{ ports: [{ port: 5432 }] }] },
    nodes: '5432/TCP',
    addresses: ['0.0.0.0/0, ::/0 on 5432/TCP'],
  },
  {
    why: 'the nodes, where a block holds them all',
    spec: { ...onDb, ingress: [{ from: [block('10.224.0.0/29')], ports: [{ port: 5432 }] }] },
    nodes: '5432/TCP',
    addresses: ['10.224.0.0/29 on 5432/TCP'],
  },
  {
    why: 'no nodes, where it holds one of them',
    spec: { ...onDb, ingress: [{ from: [block('10.224.0.4/32')], ports: [{ port: 5432 }] }] },
    nodes: 'none',
    addresses: ['10.224.0.4/32 on 5432/TCP'],
  },
  {
    why: 'nobody from outside, where pods are meant',
    spec: { ...onDb, ingress: [{ from: [WEB] }] },
    nodes: 'none',
    addresses: [],
  },
])('a workload admits $why', ({ spec, nodes, addresses }) => {
  const cluster = read(spec);
  const admitted = factsOf(Reachability.of(cluster)).admitted(named(cluster, 'db'));
  expect(String(admitted?.nodes)).toBe(nodes);
  expect(admitted?.addresses.map(({ set, ports }) => `${set} on ${ports}`)).toEqual(addresses);
});

describe('what a workload exchanges', () => {
  const cluster = read({
    ...onDb,
    ingress: [{ from: [WEB], ports: [{ port: 5432 }] }, { from: [block('203.0.113.0/24')] }],
  });
  const facts = factsOf(Reachability.of(cluster));
  const [reach] = facts.reachesOf('Ingress', facts.setOf([named(cluster, 'db')]));

  test.each([
    { who: 'web', ports: '5432/TCP' },
    { who: 'probe', ports: 'none' },
  ])('with $who is open on $ports', ({ who, ports }) => {
    expect(String(reach?.openWith(facts.setOf([named(cluster, who)])))).toBe(ports);
  });

  test('with addresses is what rules for them open', () => {
    const ports = ['203.0.113.7/32', '198.51.100.0/24'].map((cidr) =>
      String(reach?.openTo(IpSet.ofCidrs([cidr]))),
    );
    expect(ports).toEqual(['*', 'none']);
  });

  test('is certain where policies surely hold it and could be read', () => {
    const isCertain = (of: Cluster) => {
      const other = factsOf(Reachability.of(of));
      return other.reachesOf('Ingress', other.setOf([named(of, 'db')])).map((each) => each.isCertain);
    };
    const byAddedLabel = read({ podSelector: { matchLabels: { 'controller-revision-hash': 'x' } } });
    const problem = { code: 'forbidden', at: '', got: '', problem: '', fix: '' } as const;
    const unreadable = [{ kind: 'NetworkPolicy', namespace: 'shop', podSelector: {}, problem }];
    expect(isCertain(cluster)).toEqual([true]);
    expect(isCertain(byAddedLabel)).toEqual([false]);
    expect(isCertain({ ...cluster, unreadable })).toEqual([false]);
  });
});

test('pods on the network of several nodes are partly on the own one', () => {
  const cluster = read({ ...onDb, policyTypes: ['Ingress'] });
  const on = (node: string, name = node) => ({ name, addresses: [], node });
  const workloads = cluster.workloads.map((each) =>
    each.name === 'probe'
      ? { ...each, hostNetwork: true, pods: [on('n1', 'probe-1'), on('n2', 'probe-2')] }
      : each.name === 'db'
        ? { ...each, pods: [on('n1', 'db-0')] }
        : each,
  );
  const verdictOf = (from: string) =>
    Reachability.of({ ...cluster, workloads }).verdict({ from, to: 'shop/db', port: 5432 }).verdict;
  expect(['mon/probe', 'mon/probe-1', 'mon/probe-2'].map(verdictOf)).toEqual(['partly', 'allowed', 'denied']);
});
