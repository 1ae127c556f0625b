import {
  type AksClusterProfile,
  type EgressRule,
  Findings,
  type IngressRule,
  NamespaceBaseline,
  type NamespacedPolicyKind,
} from 'cdk8s-aks-network-policy';
import { Reachability, type ReadManifests, readManifests } from 'cdk8s-aks-network-policy/analysis';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import { chart, policiesOf } from '../support/synth';

/** The ranges of the cluster below. */
export const RANGES = { podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.224.0.0/16'] };

/**
 * Every pod that a preset is about, and beside each one that it is not about. `shop/app` is the one that asks;
 * it runs on node n1.
 */
const PODS: readonly (readonly [name: string, labels: Record<string, string>])[] = [
  ['shop/app', { app: 'app' }],
  ['shop/other', { app: 'other' }],
  ['shop/gateway', { 'gateway.networking.k8s.io/gateway-name': 'shop' }],
  ['shop/gateway-of-others', { 'gateway.networking.k8s.io/gateway-name': 'other' }],
  ['edge/gateway', { 'gateway.networking.k8s.io/gateway-name': 'shop' }],
  ['edge/coredns', { 'k8s-app': 'kube-dns' }],
  ['kube-system/coredns', { 'k8s-app': 'kube-dns' }],
  ['kube-system/node-local-dns', { 'k8s-app': 'node-local-dns' }],
  ['kube-system/konnectivity-agent', { app: 'konnectivity-agent' }],
  ['kube-system/ama-metrics', { rsName: 'ama-metrics' }],
  ['kube-system/ama-metrics-node', { dsName: 'ama-metrics-node' }],
  [
    'app-routing-system/nginx',
    {
      app: 'nginx',
      'app.kubernetes.io/component': 'ingress-controller',
      'app.kubernetes.io/managed-by': 'aks-app-routing-operator',
    },
  ],
  ['app-routing-system/external-dns', { app: 'external-dns' }],
  ['aks-istio-ingress/external', { istio: 'aks-istio-ingressgateway-external' }],
  ['aks-istio-ingress/internal', { istio: 'aks-istio-ingressgateway-internal' }],
  ['aks-istio-system/istiod', { app: 'istiod' }],
];

const NODES = [
  { name: 'n1', address: '10.224.0.4' },
  { name: 'n2', address: '10.224.0.5' },
];

function objects(): object[] {
  const namespaces = [...new Set(PODS.map(([name]) => name.split('/')[0] as string))];
  return [
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...NODES.map(({ name, address }) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      status: { addresses: [{ type: 'InternalIP', address }] },
    })),
    ...PODS.map(([qualified, labels], i) => {
      const [namespace, name] = qualified.split('/');
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace, labels },
        spec: { nodeName: 'n1', containers: [{ name, image: name }] },
        status: { podIP: `10.244.0.${i + 10}` },
      };
    }),
  ];
}

/** The world beside namespace `shop`, which is shut but for these rules. */
export function shutBut(
  allow: readonly (IngressRule | EgressRule)[],
  kind: NamespacedPolicyKind = 'NetworkPolicy',
): ReadManifests {
  const shop = chart({ namespace: 'shop' });
  new NamespaceBaseline(shop, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll', dns: false, allow, kind });
  expect(Findings.of(shop).list()).toEqual([]);
  expect(policiesOf(shop).flatMap(validateNetworkPolicy)).toEqual([]);
  const read = readManifests([shop, ...objects()]);
  expect(read.problems).toEqual([]);
  return read;
}

/** What is open for `shop/app`, on a cluster with this profile. */
export interface Open {
  /** Whom it reaches: `kube-system/coredns 53/TCP, 53/UDP`. */
  readonly to: readonly string[];
  /** Who reaches it. */
  readonly from: readonly string[];
  /** The other node, if it may talk with it: `to` or `from`, and the ports. */
  readonly node: readonly string[];
}

export function openFor(
  allow: readonly (IngressRule | EgressRule)[],
  profile: AksClusterProfile,
  kind?: NamespacedPolicyKind,
): Open {
  // Every pod that there is stands in the world.
  const judged = Reachability.of(shutBut(allow, kind).cluster, { profile, knownOnly: true });
  const app = 'shop/app';
  const rows = (filter: { from: string } | { to: string }, side: 'to' | 'from') =>
    [...judged.connections({ ...filter, groupBy: 'workload' })]
      .map((connection) => {
        const { workloads, addresses } = connection[side];
        const names = workloads?.map(({ workload }) => `${workload.namespace}/${workload.name}`);
        return `${names?.join(', ') ?? addresses} ${connection.ports}${connection.verdict === 'allowed' ? '' : ' ?'}`;
      })
      .sort();
  const node = (['to', 'from'] as const).flatMap((side) => {
    const ends = side === 'to' ? { from: app, to: 'node:n2' } : { from: 'node:n2', to: app };
    const { verdict, possiblePorts } = judged.verdict(ends);
    return verdict === 'denied' ? [] : [`${side} ${possiblePorts}${verdict === 'unknown' ? ' ?' : ''}`];
  });
  return { to: rows({ from: app }, 'to'), from: rows({ to: app }, 'from'), node };
}
