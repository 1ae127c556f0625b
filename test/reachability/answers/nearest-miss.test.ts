import type { ContainerPort, Workload } from '../../../lib/model/cluster';
import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../lib/model/network-policy';
import { networkPolicyEntry } from '../../../lib/model/network-policy-entry';
import { Reachability } from '../../../lib/reachability/reachability';

const workload = (path: string, ports: readonly ContainerPort[] = []): Workload => {
  const [namespace = '', name = ''] = path.split('/');
  return { kind: 'Deployment', namespace, name, labels: { app: name }, ports, hostNetwork: false, pods: [] };
};
const workloads = [
  workload('shop/db', [
    { name: 'gossip', port: 7000, protocol: 'UDP' },
    { name: 'postgres', port: 5432, protocol: 'TCP' },
    { port: 9, protocol: 'TCP' },
  ]),
  workload('shop/cache'),
  workload('shop/frontend'),
  workload('monitoring/prometheus'),
];

/** The sentence about the rule that comes closest to allowing a denied connection. */
function nearest(spec: NetworkPolicySpec, from: string, to: string, port: number): string | undefined {
  const policy = networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name: 'p' },
    spec,
  });
  const names = [...new Set(workloads.map(({ namespace }) => namespace))];
  const reachability = Reachability.of({
    namespaces: names.map((name) => ({ name, labels: {}, declared: true })),
    workloads,
    nodes: [],
    services: [],
    ingresses: [],
    policies: [policy],
    unreadable: [],
  });
  const sentences = reachability.explain({ from, to, port }).split('\n');
  expect(sentences[0]).toMatch(/^Denied/);
  return sentences.find((each) => each.startsWith('Nearest: '))?.slice('Nearest: '.length);
}

const app = (name: string) => ({ matchLabels: { app: name } });
const ofName = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const fromPods = (podSelector: object): NetworkPolicyPeer => ({ podSelector });
const postgres: NetworkPolicyPort = { port: 5432 };
const onDb = (...ingress: readonly { from?: NetworkPolicyPeer[]; ports?: NetworkPolicyPort[] }[]) => ({
  podSelector: app('db'),
  ingress,
});

test.each([
  {
    why: 'the name of a namespace',
    from: 'monitoring/prometheus',
    peer: { namespaceSelector: ofName('monitorng') },
    says: 'any pod of namespace monitorng; did you mean monitoring?',
  },
  {
    why: 'the name of a namespace, beside pods that fit',
    from: 'monitoring/prometheus',
    peer: { namespaceSelector: ofName('monitorng'), podSelector: app('prometheus') },
    says: 'pods with app=prometheus in namespace monitorng; did you mean monitoring?',
  },
  {
    why: 'a label of pods in the own namespace',
    from: 'shop/frontend',
    peer: fromPods(app('frotend')),
    says: 'pods with app=frotend in namespace shop; did you mean app=frontend?',
  },
  {
    why: 'one of several values, in any namespace',
    from: 'shop/frontend',
    peer: {
      namespaceSelector: {},
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['edge', 'frotend'] }] },
    },
    says: 'pods with app in (edge, frotend) in any namespace; did you mean app=frontend?',
  },
  {
    why: 'two words: neither alone is to blame',
    from: 'monitoring/prometheus',
    peer: { namespaceSelector: ofName('monitorng'), podSelector: app('prometheu') },
    says: 'pods with app=prometheu in namespace monitorng.',
  },
  {
    why: 'pods of another namespace',
    from: 'monitoring/prometheus',
    peer: fromPods(app('prometheu')),
    says: 'pods with app=prometheu in namespace shop.',
  },
  {
    why: 'a peer that means somebody else',
    from: 'shop/frontend',
    peer: fromPods(app('cache')),
    says: 'pods with app=cache in namespace shop.',
  },
  {
    why: 'a word that is no slip',
    from: 'shop/frontend',
    peer: fromPods(app('front')),
    says: 'pods with app=front in namespace shop.',
  },
  {
    why: 'a label of namespaces, which is not looked at',
    from: 'monitoring/prometheus',
    peer: { namespaceSelector: { matchLabels: { team: 'monitorng' } } },
    says: 'any pod of namespaces with team=monitorng.',
  },
])('a peer that is misspelt, or not: $why', ({ from, peer, says }) => {
  expect(nearest(onDb({ from: [peer], ports: [postgres] }), from, 'shop/db', 5432)).toBe(
    `policy shop/p ingress rule 0 (port 0) allows 5432/TCP only from ${says}`,
  );
});

const DECLARED = 'gossip/UDP (7000), postgres/TCP (5432)';

test.each([
  {
    why: 'misspelt',
    ports: [{ port: 'postgers' }],
    says: `postgers/TCP; shop/db declares no port named postgers/TCP, but ${DECLARED}; did you mean postgres?`,
  },
  {
    why: 'unlike those that are declared',
    ports: [{ port: 'https' }],
    says: `https/TCP; shop/db declares no port named https/TCP, but ${DECLARED}.`,
  },
  {
    why: 'of another protocol',
    ports: [{ port: 'gossip' }],
    says: `gossip/TCP; shop/db declares no port named gossip/TCP, but ${DECLARED}.`,
  },
  {
    why: 'beside a number',
    ports: [{ port: 'https' }, { port: 9 }],
    says: `9/TCP; shop/db declares no port named https/TCP, but ${DECLARED}.`,
  },
  { why: 'that is declared, for another port', ports: [{ port: 9 }], says: '9/TCP.' },
])('a port name $why', ({ ports, says }) => {
  const told = nearest(onDb({ ports }), 'shop/frontend', 'shop/db', 5432);
  expect(told?.replace(/ \(port \d\)/, '')).toBe(
    `policy shop/p ingress rule 0 allows this source on ${says}`,
  );
});

test('a port name on the way out is the destination’s, which may declare none', () => {
  const egress = [{ to: [fromPods(app('cache'))], ports: [{ port: 'redis' }] }];
  const spec = { podSelector: app('frontend'), policyTypes: ['Egress'] as const, egress };
  expect(nearest(spec, 'shop/frontend', 'shop/cache', 6379)).toBe(
    'policy shop/p egress rule 0 (peer 0) allows this destination on redis/TCP; shop/cache declares no port named redis/TCP, nor any other.',
  );
});

test('a port name stands for nothing on an address, so that no rule comes near', () => {
  const egress = [{ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 'https' }] }];
  const spec = { podSelector: app('frontend'), policyTypes: ['Egress'] as const, egress };
  expect(nearest(spec, 'shop/frontend', '198.51.100.7', 443)).toBeUndefined();
});

test.each([
  {
    why: 'a misspelt port name comes before a misspelt peer',
    rules: [{ from: [fromPods(app('frotend'))] }, { ports: [{ port: 'postgers' }] }],
    nearest: 1,
  },
  {
    why: 'a misspelt peer comes before another port, and before other peers',
    rules: [
      { from: [fromPods(app('cache'))] },
      { from: [fromPods(app('frontend'))], ports: [{ port: 9 }] },
      { from: [fromPods(app('frotend'))], ports: [postgres] },
    ],
    nearest: 2,
  },
  {
    why: 'another port comes before a port name that nobody declares',
    rules: [{ ports: [{ port: 'https' }] }, { ports: [{ port: 9 }] }],
    nearest: 1,
  },
  {
    why: 'a port name that nobody declares comes before other peers',
    rules: [{ from: [fromPods(app('cache'))], ports: [postgres] }, { ports: [{ port: 'https' }] }],
    nearest: 1,
  },
  {
    why: 'a misspelt peer on another port is as far as any other',
    rules: [{ from: [fromPods(app('cache'))] }, { from: [fromPods(app('frotend'))], ports: [{ port: 9 }] }],
    nearest: 0,
  },
])('$why', ({ rules, nearest: index }) => {
  expect(nearest(onDb(...rules), 'shop/frontend', 'shop/db', 5432)).toContain(`ingress rule ${index} `);
});

test('the port name of a board’s policy that its pods do not declare', () => {
  const api = workload('board/api', [{ name: 'api', port: 9000, protocol: 'TCP' }]);
  const policy = networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'board', name: 'api' },
    spec: { podSelector: app('api'), ingress: [{ ports: [{ port: 'https' }] }] },
  });
  const cluster = {
    namespaces: [],
    workloads: [api],
    nodes: [],
    services: [],
    ingresses: [],
    unreadable: [],
  };
  const { ingress } = Reachability.of({ ...cluster, policies: [policy] }).verdict({
    from: 'internet',
    to: 'board/api',
    port: 9000,
  });
  expect(ingress.nearestMiss).toMatchObject({
    differs: 'port',
    undeclared: { destination: 'board/api', name: 'https', declared: [{ name: 'api', port: 9000 }] },
  });
});
