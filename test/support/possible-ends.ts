import type { Cluster } from '../../lib/model/cluster';
import { IpSet } from '../../lib/model/ip-set';
import { networkPoliciesIn } from '../../lib/model/network-policy-entry';
import type { Party } from '../../lib/reachability/answers/parties';
import { type Endpoint, type Flow, matchesLabels, sideAllows } from '../reachability/reference';
import { areTogether, everyPod, fits, isOwned, type PossiblePod, type TrueNamespace } from './possible-pods';
import type { PossibleWorld } from './possible-worlds';

/** The ends of connections in a random world, and which of these are open. That is judged without the evaluator. */

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
