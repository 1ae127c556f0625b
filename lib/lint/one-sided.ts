import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { OPPOSITE, type PolicyType } from '../model/network-policy';
import type { DirectedRule, TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import { orTunnel } from './ambient';
import type { LintContext } from './context';
import type { GroupReach } from './group-reach';

/** An entry that names workloads by their labels, and opens nothing, because the policies of these deny it all. */
export interface OneSided {
  readonly policy: PolicyEntry;
  readonly rule: DirectedRule;
  readonly peer: TrafficPeer;
  /** What the rule opens. */
  readonly ports: PortSet;
  /** What the others open to the policy's own pods. */
  readonly theirs: PortSet;
  /** The pods of the policy, and those whom it names. */
  readonly own: WorkloadSet;
  readonly named: WorkloadSet;
  /** The rows of those whom it names. */
  readonly reaches: readonly GroupReach[];
}

/** The entries of a direction's rules of which the other side denies everything. */
export function* oneSided(context: LintContext, direction: PolicyType): Generator<OneSided> {
  for (const policy of context.policies) {
    for (const rule of context.rulesOf(policy)) {
      if (rule.direction === direction && rule.peers?.some(namesWorkloads) === true) {
        yield* oneSidedPeers(policy, rule, context);
      }
    }
  }
}

function* oneSidedPeers(policy: PolicyEntry, rule: DirectedRule, context: LintContext): Generator<OneSided> {
  for (const [i, peer] of (rule.peers ?? []).entries()) {
    const found = namesWorkloads(peer) ? judge(policy, rule, i, context) : undefined;
    if (found !== undefined) {
      yield { policy, rule, peer, ...found };
    }
  }
}

/** Whether an entry asks for the value of some label. One for whole namespaces, or for all but some, names nobody. */
function namesWorkloads(peer: TrafficPeer): boolean {
  return peer.kind === 'pods' && requirementsOf(peer.pods).some(({ operator }) => operator === 'In');
}

function judge(
  policy: PolicyEntry,
  { direction, index }: DirectedRule,
  peer: number,
  { facts }: LintContext,
): Omit<OneSided, 'policy' | 'rule' | 'peer'> | undefined {
  const opening = facts.opening(policy, direction, index);
  const named = opening?.peer(peer)?.workloads;
  if (opening === undefined || named === undefined) {
    return undefined;
  }
  const own = facts.held(policy);
  const other = OPPOSITE[direction];
  if (own.isEmpty || named.isEmpty || !facts.areIsolated(other, named) || isOnePod(own, named)) {
    return undefined;
  }
  const reaches = facts.reachesOf(other, named);
  // A port's name stands for what the destination declares.
  const ports = opening.ports(direction === 'Egress' ? named : own);
  if (ports.isEmpty || reaches.some((reach) => reach.openWith(own).overlaps(orTunnel(ports)))) {
    return undefined;
  }
  const theirs = PortSet.union(reaches.map((reach) => reach.openWith(own)));
  return { ports, theirs, own, named, reaches };
}

/** A single pod always reaches itself. */
function isOnePod(own: WorkloadSet, named: WorkloadSet): boolean {
  const [first, second] = own.first(2);
  return second === undefined && first?.kind === 'Pod' && own.overlaps(named) && named.first(2).length === 1;
}

/** `shop/a`, the first of the policies that isolate the others. */
export function deniedBy({ reaches }: OneSided): string {
  let first = '';
  for (const name of reaches.flatMap(({ policies }) => policies).map(qualifiedName)) {
    first = first === '' || name < first ? name : first;
  }
  return first;
}

/** One of each, if possible not the same: a pod always reaches itself. */
export function twoOf([from, ...more]: readonly Workload[], to: readonly Workload[]): [Workload, Workload] {
  const source = from as Workload;
  const other = to.find((each) => each !== source);
  return other !== undefined ? [source, other] : [more[0] ?? source, to[0] as Workload];
}
