/**
 * Random worlds so small that every pod that could exist in them can be tried one after the other: three namespaces with
 * names that selectors use and one with a name that none uses, one label of namespaces, two of pods, each with the values
 * that selectors ask for, one that none asks for, and without. What is judged here is judged without the evaluator.
 */

import fc from 'fast-check';
import type { Cluster, ContainerPort, Workload } from '../../lib/model/cluster';
import { IpSet } from '../../lib/model/ip-set';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { LabelBounds } from '../../lib/model/label-values';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../lib/model/network-policy';
import { networkPoliciesIn } from '../../lib/model/network-policy-entry';
import type { PodSet } from '../../lib/model/pod-set';
import type { Party, PossiblePods } from '../../lib/reachability/parties';
import { entriesOf } from '../reachability/arbitrary';
import { type Endpoint, type Flow, matchesLabels, sideAllows } from '../reachability/reference';

/** Names of namespaces that selectors use. */
export const NAMED = ['x', 'y', 'z'];
/** And the others, which nobody declares. */
const NAMES = [...NAMED, 'elsewhere'];
/** Stands for every value that no selector asks for. */
const UNHEARD_OF = 'unheard-of';
const POD_LABELS: Readonly<Record<string, readonly string[]>> = { app: ['', 'a', 'b'], env: ['a', 'b'] };
const NAMESPACE_LABELS: Readonly<Record<string, readonly string[]>> = { team: ['p', 'q'] };

/** A pod that could exist. */
export interface PossiblePod {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
}

/** A namespace as it is, whether or not a manifest declares it. */
export interface TrueNamespace {
  readonly name: string;
  readonly labels: Labels;
  readonly isDeclared: boolean;
}

/** All that labels may be, as far as selectors can tell. */
function everyLabels(keys: Readonly<Record<string, readonly string[]>>): Labels[] {
  return Object.entries(keys).reduce<Labels[]>(
    (all, [key, values]) =>
      all.flatMap((labels) => [
        labels,
        ...[...values, UNHEARD_OF].map((value) => ({ ...labels, [key]: value })),
      ]),
    [{}],
  );
}

const EVERY_POD = everyLabels(POD_LABELS);
const EVERY_NAMESPACE = everyLabels(NAMESPACE_LABELS);

/** The labels that a namespace may have: those declared or, if none are, any. */
export function labelsOfNamespace(name: string, declared: readonly TrueNamespace[]): readonly Labels[] {
  const found = declared.find((each) => each.name === name && each.isDeclared);
  return found === undefined ? EVERY_NAMESPACE : [found.labels];
}

/** Every pod that could exist. */
export function everyPod(namespaces: readonly TrueNamespace[]): PossiblePod[] {
  return NAMES.flatMap((namespace) =>
    labelsOfNamespace(namespace, namespaces).flatMap((namespaceLabels) =>
      EVERY_POD.map((labels) => ({ namespace, namespaceLabels, labels })),
    ),
  );
}

/** Whether a selector of namespaces, or the name of one, and a selector of pods match a pod. */
export function isSelected(
  { namespaces, pods }: { readonly namespaces: string | LabelSelector; readonly pods: LabelSelector },
  { namespace, namespaceLabels, labels }: PossiblePod,
): boolean {
  const place =
    typeof namespaces === 'string'
      ? namespaces === namespace
      : matchesLabels(namespaces, { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace });
  return place && matchesLabels(pods, labels);
}

/** Whether a pod is in a set, read off its bounds. */
export function isIn(set: PodSet, { namespace, namespaceLabels, labels }: PossiblePod): boolean {
  return (
    areWithin({ ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace }, set.namespaces) &&
    areWithin(labels, set.pods)
  );
}

function areWithin(labels: Labels, bounds: LabelBounds): boolean {
  return [...bounds].every(([key, { but, listed, absent }]) => {
    const value = labels[key];
    return value === undefined ? absent : listed.includes(value) !== but;
  });
}

/** Whether a party means a pod that no manifest tells of. */
export function fits({ possible }: Party, pod: PossiblePod): boolean {
  return possible !== undefined && isMeant(possible, pod);
}

export function isMeant({ set, except }: PossiblePods, pod: PossiblePod): boolean {
  return isIn(set, pod) && !except.some((each) => isIn(each, pod));
}

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

const ports = ({ isCertain }: Certainty): fc.Arbitrary<NetworkPolicyPort[]> =>
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

/** A pod that is not known as an end of connections. */
export function hiddenEnd(
  { namespace, labels }: PossiblePod,
  { hiddenAddress, hiddenPorts }: Pick<PossibleWorld, 'hiddenAddress' | 'hiddenPorts'>,
  name = 'hidden',
): Endpoint {
  return {
    name: `${namespace}/${name}`,
    addresses: [hiddenAddress],
    pod: { namespace, labels, ports: hiddenPorts, hostNetwork: false },
  };
}

export const OUTSIDE: Endpoint = { name: '203.0.113.7', addresses: ['203.0.113.7'] };

/** Connections are tried on these. */
export const PROBED = [
  { port: 80, protocol: 'TCP' },
  { port: 81, protocol: 'TCP' },
  { port: 9, protocol: 'TCP' },
  { port: 80, protocol: 'UDP' },
] as const;

/** Whether a controller that is known takes a pod for its own: then the pod is no hidden one. */
export function isOwned(pod: PossiblePod, { workloads }: Cluster): boolean {
  return workloads.some(
    ({ namespace, selector: own }) =>
      own !== undefined && namespace === pod.namespace && matchesLabels(own, pod.labels),
  );
}

/** Judges by the policies of one side, with namespaces as some pods that are not known say. */
export class Truth {
  private readonly clusters = new Map<string, Cluster>();

  public constructor(
    private readonly namespaces: readonly TrueNamespace[],
    private readonly cluster: Cluster,
  ) {}

  /** @param hidden the pods that are not known; two of one namespace say the same of it */
  public allows(direction: 'Ingress' | 'Egress', flow: Flow, hidden: readonly PossiblePod[]): boolean {
    return sideAllows(this.with(hidden), direction, flow);
  }

  public allowsBoth(flow: Flow, hidden: readonly PossiblePod[]): boolean {
    return this.allows('Egress', flow, hidden) && this.allows('Ingress', flow, hidden);
  }

  /** Whether a policy isolates a pod of which no known pod has the labels. */
  public isSubject(direction: 'Ingress' | 'Egress', { namespace, labels }: PossiblePod): boolean {
    return networkPoliciesIn(this.cluster).some(
      ({ namespace: place, written: { spec = {} } }) =>
        place === namespace &&
        (spec.policyTypes ?? []).includes(direction) &&
        matchesLabels(spec.podSelector ?? {}, labels) &&
        !this.cluster.workloads.some(
          (each) => each.namespace === place && matchesLabels(spec.podSelector ?? {}, each.labels),
        ),
    );
  }

  private with(hidden: readonly PossiblePod[]): Cluster {
    const key = hidden
      .map(({ namespace, namespaceLabels }) => `${namespace}${namespaceLabels.team ?? '-'}`)
      .join();
    const known = this.clusters.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = {
      ...this.cluster,
      namespaces: this.namespaces.map(({ name, labels }) => ({
        name,
        labels: hidden.find(({ namespace }) => namespace === name)?.namespaceLabels ?? labels,
        declared: true,
      })),
    };
    this.clusters.set(key, made);
    return made;
  }
}

/** Whether pods that are not known can exist side by side: in one namespace they have the same labels of it. */
export function areTogether(a: PossiblePod, b: PossiblePod): boolean {
  return a.namespace !== b.namespace || a.namespaceLabels.team === b.namespaceLabels.team;
}

/** Whether a party means a known pod. */
export function means({ workloads = [] }: Party, { name }: Endpoint): boolean {
  return workloads.some(({ workload: { namespace, name: own } }) => `${namespace}/${own}` === name);
}

/** Where pods lie: a block of all of it means every pod, a smaller one some. */
export const PODS = { profile: { podCidrs: ['10.0.0.0/8'] } };

/** Some of many, another part of them for every number. */
const someOf = <T>(all: readonly T[], count: number, n: number): T[] => {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === n % step);
};

/** The pods that could exist beside those that are known. */
const hiddenIn = ({ namespaces, cluster }: PossibleWorld) =>
  everyPod(namespaces).filter((pod) => !isOwned(pod, cluster));

export type End = { readonly end: Endpoint; readonly pod?: PossiblePod };

/** Whether a party means an end. */
export const isEnd = (party: Party, { end, pod }: End) =>
  pod !== undefined
    ? fits(party, pod)
    : end === OUTSIDE
      ? party.addresses?.overlaps(IpSet.ofCidrs([`${OUTSIDE.name}/32`])) === true
      : means(party, end);

export const podsOf = (...ends: readonly End[]) => ends.flatMap(({ pod }) => pod ?? []);

export const nameOf = ({ end, pod }: End) => (pod === undefined ? end.name : JSON.stringify(pod));

/** Tries every connection of some pairs of ends. */
export function* flowsAmong(pairs: Iterable<readonly [End, End]>) {
  for (const [from, to] of pairs) {
    for (const probe of PROBED) {
      yield { from, to, probe, flow: { from: from.end, to: to.end, ...probe } };
    }
  }
}

/** Pairs of a pod that is not known with everybody: known pods, an address outside, other pods that are not known. */
export function* pairsIn(each: PossibleWorld, n: number): Generator<readonly [End, End]> {
  const hidden = someOf(hiddenIn(each), 60, n).map((pod) => ({ pod, end: hiddenEnd(pod, each) }));
  for (const one of hidden) {
    for (const other of [...each.known, OUTSIDE].map((end) => ({ end }))) {
      yield [one, other];
      yield [other, one];
    }
  }
  for (const one of someOf(hidden, 12, n)) {
    for (const other of someOf(hidden, 12, n + 1)) {
      if (areTogether(one.pod, other.pod)) {
        yield [one, { pod: other.pod, end: hiddenEnd(other.pod, each, 'other') }];
      }
    }
  }
}

/** The ends of a row, as far as they are tried. */
export function endsOf(party: Party, each: PossibleWorld, n: number, count: number, name: string): End[] {
  if (party.possible !== undefined) {
    return someOf(
      hiddenIn(each).filter((pod) => fits(party, pod)),
      count,
      n,
    ).map((pod) => ({ pod, end: hiddenEnd(pod, each, name) }));
  }
  return [...each.known, OUTSIDE].map((end) => ({ end })).filter((end) => isEnd(party, end));
}
