import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';

/** What an end of a question stands for, where more than labels decides. */

interface LivePod {
  readonly node?: string;
  readonly ips?: readonly string[];
  readonly ports?: readonly object[];
  readonly hostNetwork?: boolean;
  readonly owner?: string;
}

const pod = (name: string, { node, ips = [], ports = [], hostNetwork = false, owner }: LivePod = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: owner ?? name },
    ...(owner === undefined
      ? {}
      : { ownerReferences: [{ kind: 'StatefulSet', name: owner, controller: true }] }),
  },
  spec: { nodeName: node, hostNetwork, containers: [{ ports }] },
  status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
});
const policy = (spec: NetworkPolicySpec) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec,
});
const db = { podSelector: { matchLabels: { app: 'db' } } };

function judge(objects: readonly object[], profile: EngineProfile = {}): Reachability {
  const { cluster, problems } = readManifests(objects);
  expect(problems).toEqual([]);
  return Reachability.of(cluster, { profile });
}

describe('a port name on pods of one workload that give it different numbers', () => {
  const http = (containerPort: number) => ({ ports: [{ name: 'http', containerPort }] });
  const reachability = judge([
    pod('db-0', { ...http(8080), owner: 'db' }),
    pod('db-1', { ...http(8081), owner: 'db' }),
    pod('web'),
    policy({ ...db, ingress: [{ ports: [{ port: 'http' }] }] }),
  ]);

  test.each([
    { to: 'shop/db-0', port: 8080, verdict: 'allowed' },
    { to: 'shop/db-0', port: 8081, verdict: 'denied' },
    { to: 'shop/db-1', port: 8080, verdict: 'denied' },
    { to: 'shop/db-1', port: 8081, verdict: 'allowed' },
    { to: 'shop/db', port: 8080, verdict: 'partly' },
    { to: 'shop/db', port: 'http', verdict: 'allowed' },
  ])('$to on $port is $verdict', ({ to, port, verdict }) => {
    expect(reachability.verdict({ from: 'shop/web', to, port }).verdict).toBe(verdict);
  });

  test('connections tell the pods apart', () => {
    const rows = [...reachability.connections({ from: 'shop/web', to: 'shop/db' })];
    expect(rows.map(({ to, ports }) => [to.workloads?.[0]?.pods, ports])).toEqual([
      [['db-0'], '8080/TCP'],
      [['db-1'], '8081/TCP'],
    ]);
  });
});

describe('a dual-stack pod asked for by one of its addresses', () => {
  const fromBlocks = (...blocks: { cidr: string; except?: string[] }[]) =>
    judge([
      pod('web', { ips: ['10.1.0.1', 'fd00::1'] }),
      pod('db', { ips: ['10.1.0.2', 'fd00::2'] }),
      policy({ ...db, ingress: [{ from: blocks.map((ipBlock) => ({ ipBlock })) }] }),
    ]);

  test.each([
    { why: 'a block of the other family', blocks: [{ cidr: 'fd00::/64' }], v4: 'denied', v6: 'allowed' },
    {
      why: 'an exception of one family',
      blocks: [{ cidr: '10.0.0.0/8', except: ['10.1.0.1/32'] }, { cidr: '::/0' }],
      v4: 'denied',
      v6: 'allowed',
    },
    {
      why: 'blocks of both families',
      blocks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
      v4: 'allowed',
      v6: 'allowed',
    },
  ])('$why', ({ blocks, v4, v6 }) => {
    const ask = (from: string) => fromBlocks(...blocks).verdict({ from, to: 'shop/db', port: 80 }).verdict;
    expect({ v4: ask('10.1.0.1'), v6: ask('fd00::1'), byName: ask('shop/web') }).toEqual({
      v4,
      v6,
      byName: 'allowed',
    });
  });

  test('selectors mean the pod by any of its addresses', () => {
    const reachability = judge([
      pod('web', { ips: ['10.1.0.1', 'fd00::1'] }),
      pod('db'),
      policy({ ...db, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }),
    ]);
    for (const from of ['10.1.0.1', 'fd00::1']) {
      expect(reachability.verdict({ from, to: 'shop/db', port: 80 }).verdict).toBe('allowed');
    }
  });
});
