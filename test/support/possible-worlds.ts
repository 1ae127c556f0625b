import fc from 'fast-check';
import type { Cluster, ContainerPort, Workload } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../lib/model/network-policy';
import { entriesOf } from '../reachability/arbitrary';
import type { Endpoint } from '../reachability/reference';
import {
  everyLabels,
  NAMED,
  NAMES,
  NAMESPACE_LABELS,
  POD_LABELS,
  type TrueNamespace,
  UNHEARD_OF,
} from './possible-pods';

/** Random worlds of the pods in `possible-pods.ts`: what is in them, and what their manifests tell of it. */

/** A value, or nothing at all. */
const perhaps = <K extends string, T>(key: K, value: fc.Arbitrary<T>) =>
  fc
    .option(value, { nil: undefined, freq: 2 })
    .map((some) => (some === undefined ? {} : { [key]: some })) as fc.Arbitrary<{ [P in K]?: T }>;

const labelsWith = (keys: Readonly<Record<string, readonly string[]>>) =>
  fc.constantFrom(...everyLabels(keys)) as fc.Arbitrary<Labels>;

const requirement = (keys: Readonly<Record<string, readonly string[]>>) =>
  fc.constantFrom(...Object.keys(keys)).chain((key) =>
    fc.oneof(
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.subarray([...(keys[key] ?? [])], { minLength: 1 }),
      }),
      fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
  );

const selector = (keys: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<LabelSelector> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: requirement(keys).map((each) => ({ matchExpressions: [each] })),
    },
    {
      weight: 3,
      arbitrary: fc.record(
        {
          matchLabels: fc
            .constantFrom(...Object.keys(keys))
            .chain((key) => fc.constantFrom(...(keys[key] ?? [])).map((value) => ({ [key]: value }))),
          matchExpressions: fc.array(requirement(keys), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
    },
  );

export const podSelector = selector(POD_LABELS);
/** `A_b` can be no namespace's name. */
export const namespaceSelector = selector({ ...NAMESPACE_LABELS, [NAMESPACE_NAME_LABEL]: [...NAMED, 'A_b'] });

/** What a peer or a subject says. */
export const selection = fc.record({
  namespaces: fc.oneof(fc.constantFrom(...NAMED), namespaceSelector),
  pods: podSelector,
});

export const namespaces: fc.Arbitrary<TrueNamespace[]> = fc
  .tuple(...NAMES.map((name) => fc.tuple(fc.constant(name), labelsWith(NAMESPACE_LABELS), fc.nat(2))))
  .map((all) =>
    all.map(([name, labels, n]) => ({ name, labels, isDeclared: n > 0 && NAMED.includes(name) })),
  );

/** How much of a world is in doubt whatever is known of pods. */
export interface Certainty {
  /** Whether rules name ports and blocks, of which nobody knows whom they mean among pods that are not known. */
  readonly isCertain: boolean;
}

export const ports = ({ isCertain }: Certainty): fc.Arbitrary<NetworkPolicyPort[]> =>
  fc.constantFrom<NetworkPolicyPort[]>(
    [{ port: 80 }],
    [{ port: 81 }],
    [{ port: 80, endPort: 81 }],
    [{ protocol: 'UDP' }],
    [{ protocol: 'UDP', port: 80 }, { port: 81 }],
    [],
    ...(isCertain ? [] : [[{ port: 'http' }]]),
  );

/** One that no pod can have, and those that all, and some pods have. */
const block = fc.constantFrom('203.0.113.0/24', '0.0.0.0/0', '10.0.0.0/8', '10.0.1.0/24');

const peer = ({ isCertain }: Certainty): fc.Arbitrary<NetworkPolicyPeer> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ podSelector }) as fc.Arbitrary<NetworkPolicyPeer> },
    { weight: 3, arbitrary: fc.record({ namespaceSelector }) },
    { weight: 4, arbitrary: fc.record({ podSelector, namespaceSelector }) },
    ...(isCertain ? [] : [{ weight: 1, arbitrary: block.map((cidr) => ({ ipBlock: { cidr } })) }]),
  );

export const policySpec = (certainty: Certainty): fc.Arbitrary<NetworkPolicySpec> => {
  const list = <K extends 'from' | 'to'>(key: K) =>
    fc.array(
      fc
        .tuple(perhaps(key, fc.array(peer(certainty), { maxLength: 2 })), perhaps('ports', ports(certainty)))
        .map(([one, other]) => ({ ...one, ...other })),
      { maxLength: 2 },
    );
  return fc
    .tuple(
      podSelector,
      fc.subarray<'Ingress' | 'Egress'>(['Ingress', 'Egress'], { minLength: 1 }),
      perhaps('ingress', list('from')),
      perhaps('egress', list('to')),
    )
    .map(([own, policyTypes, ...rules]) => Object.assign({ podSelector: own, policyTypes }, ...rules));
};

/** Mostly the same, so that policies overlap. */
const place = fc.constantFrom('x', 'x', 'x', 'y', 'z');

export const policy = (certainty: Certainty) => fc.record({ namespace: place, spec: policySpec(certainty) });

/** A cluster as it is, and what its manifests tell of it. */
export interface PossibleWorld {
  readonly namespaces: readonly TrueNamespace[];
  /** What the manifests tell. */
  readonly cluster: Cluster;
  readonly known: readonly Endpoint[];
  /** Where rules tell pods apart that are not known, for example by address, these are told apart, too. */
  readonly hiddenAddress: string;
  readonly hiddenPorts: readonly ContainerPort[];
}

const HTTP: readonly ContainerPort[] = [{ name: 'http', port: 80, protocol: 'TCP' }];

const workload = fc.record({
  namespace: place,
  labels: labelsWith(POD_LABELS),
  // Which of its labels its selector has; a single pod has none.
  selecting: fc.constantFrom<readonly string[]>([], ['app'], ['env'], ['app', 'env']),
  ports: fc.constantFrom<readonly ContainerPort[]>(HTTP, []),
  isRunning: fc.boolean(),
});

type WorkloadSpec = typeof workload extends fc.Arbitrary<infer T> ? T : never;

function workloadOf(
  { namespace, labels, selecting, ports: own, isRunning }: WorkloadSpec,
  i: number,
): Workload {
  // Of the values that nobody asks for there are always others.
  const matchLabels = Object.fromEntries(
    Object.entries(labels).filter(([key, own]) => selecting.includes(key) && own !== UNHEARD_OF),
  );
  const name = `w${i}`;
  const isController = Object.keys(matchLabels).length > 0;
  return {
    kind: isController ? 'Deployment' : 'Pod',
    namespace,
    name,
    labels,
    ports: own,
    hostNetwork: false,
    ...(isController ? { selector: { matchLabels } } : {}),
    pods: isRunning ? [{ name, addresses: [addressOf(i)], phase: 'Running' }] : [],
  };
}

const addressOf = (i: number) => `10.0.0.${i + 1}`;

/** @param policies of the manifests */
export function clusterOf(
  all: readonly TrueNamespace[],
  workloads: readonly Workload[],
  policies: Cluster['policies'],
): Cluster {
  const used = new Set([...workloads, ...policies].map(({ namespace }) => namespace));
  return {
    // Live, so that no pods of AKS are assumed beside them.
    isLive: true,
    namespaces: all
      .filter(({ name, isDeclared }) => isDeclared || used.has(name))
      .map(({ name, labels, isDeclared }) => ({
        name,
        labels: isDeclared ? labels : {},
        declared: isDeclared,
      })),
    workloads,
    nodes: [],
    services: [],
    ingresses: [],
    policies,
    unreadable: [],
  };
}

/** Every fourth world has policies alone. */
export const world = (certainty: Certainty): fc.Arbitrary<PossibleWorld> =>
  fc
    .record({
      namespaces,
      workloads: fc.array(workload, { maxLength: 3 }),
      policies: fc.array(policy(certainty), { minLength: 1, maxLength: 4 }),
      hiddenAddress: fc.constantFrom('10.0.1.7', '10.0.2.7'),
      hiddenPorts: fc.constantFrom<readonly ContainerPort[]>(
        HTTP,
        [],
        [{ name: 'http', port: 81, protocol: 'TCP' as const }],
      ),
    })
    .map(({ namespaces: all, workloads, policies, hiddenAddress, hiddenPorts }) => {
      const known = workloads.map(workloadOf);
      return {
        namespaces: all,
        cluster: clusterOf(all, known, entriesOf(policies)),
        [fc.toStringMethod]: () =>
          [JSON.stringify([all, known]), textOf(entriesOf(policies)), hiddenAddress].join('\n'),
        known: known.map(endpointOf),
        hiddenAddress,
        hiddenPorts,
      };
    });

/** Policies in one line each, for the reader of a counterexample. */
export const textOf = (policies: Cluster['policies']) =>
  policies
    .map(({ namespace, name, written }) => `${namespace}/${name} ${JSON.stringify(written)}`)
    .join('\n');

/** The pod of a known workload. */
function endpointOf({ namespace, name, labels, ports: own, hostNetwork }: Workload, i: number): Endpoint {
  return {
    name: `${namespace}/${name}`,
    addresses: [addressOf(i)],
    pod: { namespace, labels, ports: own, hostNetwork },
  };
}
