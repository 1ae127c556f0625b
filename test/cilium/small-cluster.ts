import type { ReferenceCluster, ReferenceEnd, ReferenceFlow } from '../cilium-kinds/reference-types';
import { GROUPS, NAMESPACES, PODS, SERVICES } from './arbitrary';
import type { End, Probe } from './oracle';

/** The cluster in which the policies of `arbitrary.ts` meet, and connections in it. */

const API_SERVER = '20.50.1.2';

export const CIDR_GROUPS = GROUPS.map(({ name, cidrs }) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name },
  spec: { externalCIDRs: cidrs },
}));

export const CLUSTER = [
  ...NAMESPACES.map(({ name, labels }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  })),
  ...[
    ['own', '10.224.0.4'],
    ['other', '10.224.0.5'],
  ].map(([name, address]) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  })),
  ...PODS.map(({ namespace, name, labels, serviceAccount, ports, ip }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: {
      nodeName: 'own',
      serviceAccountName: serviceAccount,
      containers: [
        { name: 'main', ports: ports.map(({ port, ...more }) => ({ ...more, containerPort: port })) },
      ],
    },
    status: { podIP: ip, phase: 'Running' },
  })),
  ...SERVICES.map(({ namespace, name, labels, ...more }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels },
    spec: { ports: [{ port: 80 }], ...('selector' in more ? { selector: more.selector } : {}) },
  })),
  ...CIDR_GROUPS,
];

/** Pods with all the labels by which policies can select them. */
const REFERENCE_PODS = PODS.map(({ labels, serviceAccount, ...pod }) => ({
  ...pod,
  labels: { ...labels, 'io.cilium.k8s.policy.serviceaccount': serviceAccount },
}));

export const REFERENCE_CLUSTER: ReferenceCluster = {
  namespaces: NAMESPACES,
  pods: REFERENCE_PODS,
  services: SERVICES,
  groups: GROUPS,
};

interface NamedEnd {
  readonly words: string;
  readonly end: End;
  readonly reference: ReferenceEnd;
}

const OTHERS: readonly NamedEnd[] = [
  { words: 'node:own', end: { host: true }, reference: { node: 'own' } },
  { words: 'node:other', end: { remoteNode: true }, reference: { node: 'other' } },
  ...['203.0.113.7', '8.8.8.8'].map((address) => ({
    words: address,
    end: { address },
    reference: { address },
  })),
  {
    words: API_SERVER,
    end: { apiServer: API_SERVER },
    reference: { address: API_SERVER, isApiServer: true },
  },
];
const pods = REFERENCE_PODS.map(
  (pod, i): NamedEnd => ({
    words: `${pod.namespace}/${pod.name}`,
    end: { pod: i },
    reference: { pod },
  }),
);
const FLOWS = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 81 },
  { protocol: 'UDP', port: 443 },
] as const;

const questions = pods.flatMap((pod) => [
  ...pods.filter((each) => each !== pod).map((to) => [pod, to] as const),
  ...OTHERS.flatMap((other) => [[pod, other] as const, [other, pod] as const]),
]);
/** A connection, as each of those asks who judge it. */
interface NamedProbe {
  readonly words: string;
  readonly ask: { readonly from: string; readonly to: string; readonly port: string };
  readonly probe: Probe;
  readonly flow: ReferenceFlow;
}

export const PROBES = questions.flatMap(([from, to]) =>
  FLOWS.map(
    (on): NamedProbe => ({
      words: `${from.words} to ${to.words} on ${on.port}/${on.protocol}`,
      ask: { from: from.words, to: to.words, port: `${on.port}/${on.protocol}` },
      probe: { from: from.end, to: to.end, ...on },
      flow: { from: from.reference, to: to.reference, ...on },
    }),
  ),
);

export const PROFILE = {
  engine: 'cilium',
  kubernetesVersion: '1.35',
  acns: 'L7',
  apiServerAddresses: [API_SERVER],
  podCidrs: ['10.244.0.0/16'],
  nodeCidrs: ['10.224.0.0/16'],
} as const;
