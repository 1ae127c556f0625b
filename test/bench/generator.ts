import type {
  LabelSelector,
  LabelSelectorRequirement,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from 'cdk8s-aks-network-policy';
import {
  type Cluster,
  type ContainerPort,
  type Namespace,
  type NetworkPolicyEntry,
  networkPolicyEntry,
  type Workload,
} from 'cdk8s-aks-network-policy/analysis';

import { Random } from './random';
import type { Size } from './sizes';

const TIERS = ['web', 'api', 'db', 'cache', 'job'];
const TEAMS = ['red', 'green', 'blue', 'black', 'white'];
const ENVS = ['dev', 'test', 'prod'];
const ZONES = ['a', 'b', 'c'];
const VERSIONS = ['v1', 'v2', 'v3'];

const PORTS: readonly ContainerPort[] = [
  { name: 'http', port: 8080, protocol: 'TCP' },
  { name: 'grpc', port: 9090, protocol: 'TCP' },
  { name: 'metrics', port: 9100, protocol: 'TCP' },
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'diameter', port: 3868, protocol: 'SCTP' },
];

/** How many of a hundred policies, beside the default denies, are of which make. */
const MIX = [
  { share: 38, make: appToApp },
  { share: 18, make: fromNamespaces },
  { share: 10, make: byExpressions },
  { share: 12, make: fromAddresses },
  { share: 8, make: rangesAndProtocols },
  { share: 5, make: namedPorts },
  { share: 9, make: egressToSelectors },
] as const;

export interface GeneratedCluster extends Cluster {
  readonly policies: readonly NetworkPolicyEntry[];
}

/** A cluster like those people run; the same size and seed give the same one. */
export function generateCluster(size: Size, seed = 1): GeneratedCluster {
  const random = new Random(seed);
  const namespaces = Array.from({ length: size.namespaces }, (_, i) => namespace(random, i));
  const workloads = Array.from({ length: size.workloads }, (_, i) => workload(random, size, i));
  return {
    namespaces,
    // In the order in which they are read from manifests.
    workloads: workloads.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name)),
    nodes: [],
    services: [],
    ingresses: [],
    policies: policies(random, size),
    unreadable: [],
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const nameOf = (i: number) => `ns-${i}`;
const appOf = (i: number) => `app-${i}`;

function namespace(random: Random, i: number): Namespace {
  return {
    name: nameOf(i),
    labels: { team: random.of(TEAMS), env: random.of(ENVS), zone: random.of(ZONES) },
    declared: true,
  };
}

function workload(random: Random, { namespaces, workloads, pods = 0 }: Size, i: number): Workload {
  const perWorkload = Math.floor(pods / workloads);
  return {
    kind: 'Deployment',
    namespace: nameOf(i % namespaces),
    name: `app-${i}`,
    labels: {
      app: appOf(i),
      tier: random.of(TIERS),
      ver: random.of(VERSIONS),
      ...(random.chance(0.1) ? { pci: 'true' } : {}),
    },
    selector: { matchLabels: { app: appOf(i) } },
    ports: PORTS.filter(() => random.chance(0.5)),
    hostNetwork: false,
    pods: Array.from({ length: perWorkload }, (_, j) => ({
      name: `app-${i}-${j}`,
      addresses: [addressOf(i * perWorkload + j)],
      node: `node-${random.below(500)}`,
    })),
  };
}

/** Counts through 10.128.0.0/9. */
function addressOf(i: number): string {
  return `10.${128 + (i >>> 16)}.${(i >>> 8) & 255}.${i & 255}`;
}

/** Half of the denied namespaces are denied egress too, but for DNS. */
function policies(random: Random, size: Size): NetworkPolicyEntry[] {
  const made: NetworkPolicyEntry[] = [];
  const add = (where: number, name: string, spec: NetworkPolicySpec) => {
    const metadata = { name, namespace: nameOf(where) };
    made.push(
      networkPolicyEntry({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec }),
    );
  };
  for (let i = 0; i < size.namespaces && made.length < size.policies; i += 1) {
    if (random.chance(0.9)) {
      add(i, 'default-deny', random.chance(0.5) ? DENY_INGRESS : DENY_BOTH_BUT_DNS);
    }
  }
  while (made.length < size.policies) {
    // A policy stands in the namespace of the workload it is about.
    const about = random.below(size.workloads);
    let left = random.below(100);
    const { make } =
      MIX.find(({ share }) => {
        left -= share;
        return left < 0;
      }) ?? MIX[0];
    add(about % size.namespaces, `policy-${made.length}`, make(random, size, about));
  }
  return made;
}

const DENY_INGRESS: NetworkPolicySpec = { podSelector: {}, policyTypes: ['Ingress'] };
const DENY_BOTH_BUT_DNS: NetworkPolicySpec = {
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
  egress: [
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': nameOf(0) } } }],
      ports: [{ protocol: 'UDP', port: 53 }, { port: 53 }],
    },
  ],
};

const app = (i: number): LabelSelector => ({ matchLabels: { app: appOf(i) } });

/** Another workload of the same namespace. */
function neighbour(random: Random, { namespaces, workloads }: Size, about: number): number {
  const inNamespace = Math.max(1, Math.floor(workloads / namespaces));
  return (about % namespaces) + namespaces * random.below(inNamespace);
}

function ingress(
  about: number,
  from: NetworkPolicyPeer[],
  ports: NetworkPolicyPort[] = [{ port: 8080 }],
): NetworkPolicySpec {
  return { podSelector: app(about), policyTypes: ['Ingress'], ingress: [{ from, ports }] };
}

function appToApp(random: Random, size: Size, about: number): NetworkPolicySpec {
  return ingress(about, [{ podSelector: app(neighbour(random, size, about)) }]);
}

function fromNamespaces(random: Random, _: Size, about: number): NetworkPolicySpec {
  const namespaceSelector = { matchLabels: { team: random.of(TEAMS), env: random.of(ENVS) } };
  return ingress(about, [{ namespaceSelector, podSelector: { matchLabels: { tier: random.of(TIERS) } } }]);
}

function byExpressions(random: Random, _: Size, about: number): NetworkPolicySpec {
  const expressions: LabelSelectorRequirement[] = [
    { key: 'tier', operator: 'In', values: [random.of(TIERS), random.of(TIERS)] },
    { key: 'ver', operator: 'NotIn', values: [random.of(VERSIONS)] },
    { key: 'app', operator: 'Exists' },
    { key: 'pci', operator: 'DoesNotExist' },
  ];
  return ingress(about, [
    {
      namespaceSelector: { matchExpressions: [{ key: 'zone', operator: 'In', values: [random.of(ZONES)] }] },
      podSelector: { matchExpressions: expressions.filter(() => random.chance(0.6)) },
    },
  ]);
}

function fromAddresses(random: Random, _: Size, about: number): NetworkPolicySpec {
  const second = random.below(256);
  return ingress(about, [
    { ipBlock: { cidr: `10.${second}.0.0/16`, except: [`10.${second}.${random.below(256)}.0/24`] } },
    { ipBlock: { cidr: `203.0.${random.below(114)}.0/24` } },
  ]);
}

function rangesAndProtocols(random: Random, size: Size, about: number): NetworkPolicySpec {
  const first = 8000 + random.below(100);
  return ingress(
    about,
    [{ podSelector: app(neighbour(random, size, about)) }],
    [{ port: first, endPort: first + 100 }, { protocol: 'UDP' }, { protocol: 'SCTP', port: 3868 }],
  );
}

function namedPorts(random: Random, _: Size, about: number): NetworkPolicySpec {
  return ingress(
    about,
    [{ podSelector: { matchLabels: { tier: random.of(TIERS) } } }],
    [{ port: random.of(PORTS).name as string }, { protocol: 'UDP', port: 'dns' }],
  );
}

function egressToSelectors(random: Random, size: Size, about: number): NetworkPolicySpec {
  return {
    podSelector: app(about),
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          { podSelector: app(neighbour(random, size, about)) },
          {
            namespaceSelector: { matchLabels: { team: random.of(TEAMS) } },
            podSelector: { matchLabels: { tier: 'db' } },
          },
        ],
        ports: [{ port: 8080 }, { port: 'grpc' }],
      },
    ],
  };
}
