import { readCiliumPolicy } from '../../lib/cilium-kinds/cilium-rules';
import { ProvingGround } from '../../lib/convert/proving-ground';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import type { PolicyRules } from '../../lib/model/policy-rules';
import { deployment } from '../support/shop';
import { cnp, netpol } from './converted';

const rules = (spec: NetworkPolicySpec): PolicyRules[] => [
  networkPolicyEntry(netpol(spec) as never, { namespace: 'shop' }).rules,
];
const ofCilium = (spec: object) => readCiliumPolicy(cnp(spec), 'shop').rules as PolicyRules[];
const app = (value: string) => ({ matchLabels: { app: value } });
const db = { podSelector: app('db') };
const port = (...ports: number[]) => ({ ports: ports.map((each) => ({ port: each })) });
const EVERY_PROTOCOL = { ports: (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ protocol })) };

test.each<{ why: string; is: NetworkPolicySpec; wrong: NetworkPolicySpec; says: string }>([
  {
    why: 'a port more',
    is: { ...db, ingress: [{ ...port(80) }] },
    wrong: { ...db, ingress: [{ ...port(80, 81) }] },
    says: 'from any pod to pods with app=db in namespace shop (none known): 80/TCP before, 80-81/TCP after',
  },
  {
    why: 'a peer less',
    is: { ...db, ingress: [{ from: [{ podSelector: app('a') }, { podSelector: app('b') }] }] },
    wrong: { ...db, ingress: [{ from: [{ podSelector: app('a') }] }] },
    says: 'from pods with app=b in namespace shop',
  },
  {
    why: 'addresses without an exception',
    is: { ...db, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] },
    wrong: { ...db, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] },
    says: 'from 10.1.0.0/16 to',
  },
  {
    why: 'pods of every namespace for those of one',
    is: { ...db, egress: [{ to: [{ podSelector: app('a') }] }] },
    wrong: { ...db, egress: [{ to: [{ podSelector: app('a'), namespaceSelector: {} }] }] },
    says: 'to pods with app=a in any namespace',
  },
  {
    why: 'other pods as subject',
    is: { podSelector: app('db'), ingress: [] },
    wrong: { podSelector: app('web'), ingress: [] },
    says: 'app=',
  },
  {
    why: 'a rule that the direction of the other end hides',
    is: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: app('a') }] }],
    },
    wrong: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    says: 'from pods with app=a in namespace shop',
  },
  {
    why: 'a direction that lets everything pass, and matters beside others',
    is: { ...db, ingress: [{}], policyTypes: ['Ingress', 'Egress'] },
    wrong: { ...db, policyTypes: ['Egress'] },
    says: 'none after',
  },
  {
    why: 'every port, but not ICMP',
    is: { ...db, ingress: [{ from: [{ podSelector: app('a') }] }] },
    wrong: { ...db, ingress: [{ from: [{ podSelector: app('a') }], ...EVERY_PROTOCOL }] },
    says: '* before, none after',
  },
])('finds $why', ({ is, wrong, says }) => {
  const ground = new ProvingGround();
  expect(ground.differenceBetween(rules(is), rules(wrong))).toContain(says);
  expect(ground.differenceBetween(rules(wrong), rules(is))).toBeDefined();
  expect(ground.differenceBetween(rules(is), rules(is))).toBeUndefined();
});

test('finds nodes, which are in no other difference', () => {
  const ground = new ProvingGround();
  const cluster = ofCilium({ endpointSelector: {}, ingress: [{ fromEntities: ['remote-node', 'host'] }] });
  expect(ground.differenceBetween(cluster, rules({ podSelector: {} }))).toBe(
    'from nodes to pods: * before, none, perhaps * after',
  );
  const outward = ofCilium({ endpointSelector: {}, egress: [{ toEntities: ['remote-node', 'host'] }] });
  expect(ground.differenceBetween(outward, rules({ podSelector: {}, policyTypes: ['Egress'] }))).toContain(
    'from pods to nodes',
  );
});

test('finds nothing where peers of one rule are several rules', () => {
  const peers = [{ podSelector: app('a') }, { ipBlock: { cidr: '10.0.0.0/8' } }, { namespaceSelector: {} }];
  const named = { ports: [{ port: 'http' }] };
  const ground = new ProvingGround();
  expect(
    ground.differenceBetween(
      rules({ ...db, ingress: [{ from: peers, ...named }] }),
      rules({ ...db, ingress: peers.map((peer) => ({ from: [peer], ...named })) }),
    ),
  ).toBeUndefined();
});

test('compares in the cluster that was read first, whatever else stands there, and names its workloads', () => {
  const unread = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 5 } };
  const open = netpol({ podSelector: {}, ingress: [{}] });
  const { cluster } = readManifests([
    deployment('web'),
    deployment('db', [80]),
    open,
    unread,
    cnp({ endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] }),
  ] as object[]);
  expect([cluster.unreadable.length, cluster.unjudged?.length]).toEqual([1, 1]);
  const is = rules({ ...db, ingress: [] });
  const wrong = rules({ ...db, ingress: [port(80)] });
  expect(new ProvingGround(cluster).differenceBetween(is, wrong)).toBe(
    'from every workload to shop/db: none before, 80/TCP after',
  );
});
