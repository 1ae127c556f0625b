import type { NetworkPolicySpec } from '../../lib/model/network-policy';

/** How many workloads each namespace of {@link CROWDED} has. */
const SIZES = { data: 100, ops: 60, shop: 140 };

const named = (namespace: string, name: string) => ({ metadata: { namespace, name } });

const deployment = (namespace: string, name: string, tier: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  ...named(namespace, name),
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, tier } },
      spec: { containers: [{ name, image: name, ports: [{ containerPort: 8080 }] }] },
    },
  },
});

/** The first of each namespace is its front, the others are its back. */
const workloads = Object.entries(SIZES).flatMap(([namespace, size]) =>
  Array.from({ length: size }, (_, i) =>
    deployment(namespace, `app-${String(i).padStart(3, '0')}`, i === 0 ? 'front' : 'back'),
  ),
);

const namespaces = Object.keys(SIZES).map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { team: name } },
}));

/** A policy of one of these namespaces. */
export const crowdedPolicy = (namespace: string, name: string, spec: NetworkPolicySpec) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...named(namespace, name),
  spec,
});

const team = (name: string) => ({ namespaceSelector: { matchLabels: { team: name } } });
const front = { podSelector: { matchLabels: { tier: 'front' } } };

/** 300 workloads in three namespaces, without a policy. */
export const OPEN_CROWD = [...namespaces, ...workloads];

/**
 * The same: data is for shop, ops and its own front; ops is shut; into the back of shop come its front and, where IP blocks
 * cover pods, some more.
 */
export const CROWDED = [
  ...OPEN_CROWD,
  crowdedPolicy('data', 'clients', {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [team('shop'), team('ops')], ports: [{ port: 8080 }] }, { from: [front] }],
  }),
  crowdedPolicy('ops', 'shut', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  ...[1, 2, 3, 4, 5, 6].map((i) =>
    crowdedPolicy('shop', `back-${i}`, {
      podSelector: { matchLabels: { app: `app-00${i}` } },
      ingress: [{ from: [front, { ipBlock: { cidr: `10.${i}.0.0/16` } }], ports: [{ port: 8080 }] }],
    }),
  ),
  crowdedPolicy('shop', 'front', {
    podSelector: front.podSelector,
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 8080 }] },
    ],
  }),
];
