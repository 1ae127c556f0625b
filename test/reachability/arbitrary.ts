/** Small random clusters full of corner cases: few names, so that things meet, and fields both empty and missing. */

import fc from 'fast-check';
import type { Cluster, ContainerPort, NetworkPolicyEntry, Workload } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import type {
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  PolicyType,
  Protocol,
} from '../../lib/model/network-policy';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import type { Endpoint, Flow } from './reference';

export const NAMESPACES = ['default', 'x', 'y'] as const;
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const NAMES = ['http', 'dns'];
/** Ports where ranges begin and end, and their neighbours. */
const NUMBERS = [1, 79, 80, 81, 82, 65535];

/** A value, or a missing field, which is another case than an empty one. */
const perhaps = <K extends string, T>(key: K, value: fc.Arbitrary<T>) =>
  fc
    .option(value, { nil: undefined })
    .map((some) => (some === undefined ? {} : { [key]: some })) as fc.Arbitrary<{
    [P in K]?: T;
  }>;

const together = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }));

const key = fc.constantFrom('app', 'env', 'tier');
const value = fc.constantFrom('', 'a', 'b');
const labels = fc.dictionary(key, value, { maxKeys: 3 });
const protocol = fc.constantFrom(...PROTOCOLS);

const requirement = fc.oneof(
  fc.record({
    key: fc.oneof(key, fc.constant('kubernetes.io/metadata.name')),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(fc.oneof(value, fc.constantFrom(...NAMESPACES)), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

export const selector: fc.Arbitrary<LabelSelector> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: together(
      perhaps('matchLabels', fc.dictionary(key, value, { maxKeys: 2 })),
      perhaps('matchExpressions', fc.array(requirement, { maxLength: 2 })),
    ),
  },
);

export const ipBlock = fc.constantFrom(
  { cidr: '0.0.0.0/0' },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
  { cidr: '0.0.0.0/0', except: ['0.0.0.0/1', '128.0.0.0/1'] },
  { cidr: '10.0.0.0/30', except: ['10.0.0.2/32'] },
  { cidr: '10.0.1.0/24' },
  { cidr: '10.0.0.0/16', except: ['10.0.1.0/31', '10.0.1.1/32'] },
  { cidr: '10.9.0.7/24' },
  { cidr: '203.0.113.7/32' },
  { cidr: '::/0', except: ['2001:db8::/32'] },
  { cidr: '2001:db8::/64' },
);

const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ ipBlock }),
);

const number = fc.constantFrom(...NUMBERS);
const portNumber = fc.oneof(
  number.map((port) => ({ port })),
  fc.tuple(number, number).map(([a, b]) => ({ port: Math.min(a, b), endPort: Math.max(a, b) })),
  fc.constantFrom(...NAMES).map((port) => ({ port })),
  fc.constant({}),
);
export const port: fc.Arbitrary<NetworkPolicyPort> = together(perhaps('protocol', protocol), portNumber);

const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 2 });
const ports = perhaps('ports', list(port));
const types = fc.subarray<PolicyType>(['Ingress', 'Egress']);

export const policySpec: fc.Arbitrary<NetworkPolicySpec> = fc
  .tuple(
    perhaps('podSelector', selector),
    perhaps('policyTypes', types),
    perhaps('ingress', list(together(perhaps('from', list(peer)), ports))),
    perhaps('egress', list(together(perhaps('to', list(peer)), ports))),
  )
  .map((parts) => Object.assign({}, ...parts));

/** A policy of some namespace. */
export const namespacedSpec = fc.record({ namespace: fc.constantFrom(...NAMESPACES), spec: policySpec });

const containerPort: fc.Arbitrary<ContainerPort> = together(
  fc.record({ port: number, protocol }),
  perhaps('name', fc.constantFrom(...NAMES)),
);

const plainPorts = fc.uniqueArray(containerPort, {
  maxLength: 3,
  selector: ({ name, protocol: p }) => `${name}/${p}`,
});

const workloadFields = {
  kind: fc.constantFrom('Pod' as const, 'Deployment' as const),
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  ports: plainPorts,
  // Every other pod is still of the version before.
  portsBefore: fc.option(plainPorts, { freq: 3, nil: undefined }),
  hostNetwork: fc.oneof(
    { weight: 8, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  replicas: fc.integer({ min: 1, max: 3 }),
  isOver: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  hasIpv6: fc.boolean(),
};

const workload = fc.record(workloadFields);

/** Ports of containers, then of sidecars; two containers may use one name. */
const portsOfContainers = fc
  .array(together(containerPort, perhaps('ofSidecar', fc.constant(true as const))), { maxLength: 3 })
  .map((all) => [...all.filter((each) => !each.ofSidecar), ...all.filter((each) => each.ofSidecar)]);

const workloadOfContainers = together(
  perhaps(
    'initPorts',
    fc.array(fc.record({ port: number, protocol, name: fc.constantFrom(...NAMES) }), {
      minLength: 1,
      maxLength: 1,
    }),
  ),
  fc.record({
    ...workloadFields,
    ports: portsOfContainers,
    portsBefore: fc.option(portsOfContainers, { freq: 3, nil: undefined }),
  }),
);

/** Policies as a cluster holds them, named by their place. */
export function entriesOf(
  specs: readonly { readonly namespace: string; readonly spec: NetworkPolicySpec }[],
  stem = 'p',
): NetworkPolicyEntry[] {
  return specs.map(({ namespace, spec }, i) =>
    networkPolicyEntry({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${stem}${i}`, namespace },
      spec,
    }),
  );
}

const clusterWith = (of: typeof workload | typeof workloadOfContainers): fc.Arbitrary<Cluster> =>
  fc
    .record({
      namespaces: fc.tuple(...NAMESPACES.map((name) => labels.map((each) => ({ name, labels: each })))),
      workloads: fc.array(of as typeof workloadOfContainers, { minLength: 1, maxLength: 4 }),
      specs: fc.array(namespacedSpec, { maxLength: 4 }),
    })
    .map(({ namespaces, workloads, specs }) => ({
      namespaces: namespaces.map((namespace) => ({ ...namespace, declared: true })),
      workloads: workloads.map(({ replicas, isOver, hasIpv6, portsBefore, ...each }, i): Workload => {
        const count = each.kind === 'Pod' ? 1 : replicas;
        return {
          ...each,
          name: `w${i}`,
          pods: Array.from({ length: count }, (_, j) => ({
            name: each.kind === 'Pod' ? `w${i}` : `w${i}-${j}`,
            addresses: [`10.0.${j % 2}.${i}`, ...(hasIpv6 ? [`2001:db8::${i + 1}:${j + 1}`] : [])],
            ...(portsBefore === undefined || j % 2 === 0 ? {} : { ports: portsBefore }),
            phase: isOver ? ('Succeeded' as const) : ('Running' as const),
          })),
        };
      }),
      nodes: [],
      services: [],
      ingresses: [],
      policies: entriesOf(specs),
      unreadable: [],
    }));

/** A cluster whose every pod runs and has a known address. */
export const cluster = clusterWith(workload);

/** The same, of pods with sidecars and init containers, and with names that several containers give. */
export const clusterOfContainers = clusterWith(workloadOfContainers);

/** The cluster without the IPv6 addresses of pods. */
export const ofIpv4 = (each: Cluster): Cluster => ({
  ...each,
  workloads: each.workloads.map((one) => ({
    ...one,
    pods: one.pods.map((pod) => ({
      ...pod,
      addresses: pod.addresses.filter((address) => !address.includes(':')),
    })),
  })),
});

export const OUTSIDE: readonly Endpoint[] = ['203.0.113.7', '10.9.0.200', '2001:db8:1::1'].map((address) => ({
  name: address,
  addresses: [address],
}));

/** A connection between two ends, on a port where a range may begin or end. */
export const flowAmong = (ends: readonly Endpoint[]): fc.Arbitrary<Flow> =>
  fc.record({ from: fc.constantFrom(...ends), to: fc.constantFrom(...ends), port: number, protocol });

/** The cluster without what manifests may not tell: labels of a namespace, addresses of pods. */
export function partlyKnown(each: Cluster): Cluster {
  return {
    ...each,
    namespaces: each.namespaces.map((namespace) =>
      namespace.name === 'x' ? { ...namespace, labels: {}, declared: false } : namespace,
    ),
    workloads: each.workloads.map((workload) => ({
      ...workload,
      pods: workload.pods.map((pod) => ({
        ...pod,
        addresses: workload.namespace === 'y' ? [] : pod.addresses,
      })),
    })),
  };
}

/** With a known range of IPv6, because an unknown address is else taken for IPv4. */
export const DUAL_STACK = {
  profile: { podCidrs: ['10.0.0.0/8', '2001:db8::/32'], nodeCidrs: ['10.0.0.0/8', '2001:db8::/32'] },
};
