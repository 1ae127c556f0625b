import { canonicalText } from './canonical-text';
import type { PolicyType } from './network-policy';
import { PodSet } from './pod-set';
import type { PodSelection, TrafficPeer, TrafficPort, TrafficRule } from './policy-rules';

/** A rule with those whom its policy is about. */
export interface SubjectRule {
  readonly direction: PolicyType;
  /** Undefined for nobody. */
  readonly subject: PodSet | undefined;
  readonly rule: TrafficRule;
  /** For each peer that is pods, which; left out for everybody. */
  readonly pods?: readonly (PodSet | undefined)[];
}

/** The fields that say where something stands. */
const PLACES = ['at', 'blockAt', 'podsAt', 'namespacesAt'];

export function subjectRule(about: PodSelection, direction: PolicyType, rule: TrafficRule): SubjectRule {
  const { peers } = rule;
  const subject = PodSet.of(about);
  return {
    ...{ direction, subject, rule },
    ...(peers === undefined ? {} : { pods: peers.map(podsOf) }),
  };
}

/** The same for rules that say the same of the same pods, wherever they stand. */
export function ruleText({ direction, subject, rule: { action, peers, ports } }: SubjectRule): string {
  return canonicalText({ direction, subject: subject?.key, action, peers, ports }, PLACES);
}

/** Whether a proxy filters some of what a rule allows. */
export function isFiltering({ ports = [] }: TrafficRule): boolean {
  return ports.some(({ filter }) => filter !== undefined);
}

/** Whether two rules may be about the same connection. */
export function mayMeet(a: SubjectRule, b: SubjectRule): boolean {
  return (
    a.direction === b.direction &&
    (a.subject === undefined || b.subject === undefined || !a.subject.isApart(b.subject)) &&
    anyMeets(a.pods, b.pods, (one, other) => !(one && other && one.isApart(other))) &&
    anyMeets(a.rule.ports, b.rule.ports, portsMeet)
  );
}

/** A name may be any number. */
function portsMeet(a: TrafficPort, b: TrafficPort): boolean {
  const isWithin = (one: TrafficPort, other: TrafficPort) =>
    typeof one.port !== 'number' ||
    typeof other.port !== 'number' ||
    one.port <= (other.endPort ?? other.port);
  return a.protocol === b.protocol && isWithin(a, b) && isWithin(b, a);
}

/** Whether any of two lists meet, of which none is everything. */
function anyMeets<T>(
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
  meet: (one: T, other: T) => boolean,
): boolean {
  return a === undefined || b === undefined || a.some((one) => b.some((other) => meet(one, other)));
}

/** The pods that a peer means; undefined for what is no pod, or may be more. */
function podsOf(peer: TrafficPeer): PodSet | undefined {
  return peer.kind === 'pods' ? PodSet.of(peer) : undefined;
}
