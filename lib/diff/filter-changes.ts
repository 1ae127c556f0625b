import { canonicalText } from '../model/canonical-text';
import { qualifiedName } from '../model/cluster';
import { compare } from '../model/collections';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { type PolicyRules, sectionOf, type TrafficPeer, type TrafficRule } from '../model/policy-rules';
import type { Reachability } from '../reachability/reachability';

/** A rule that allows something, with those whom its policy is about. */
interface PlacedRule {
  readonly policy: string;
  readonly direction: PolicyType;
  readonly subject: PodSet | undefined;
  readonly rule: TrafficRule;
  /** For each peer that is pods, which; left out for everybody. */
  readonly pods?: readonly (PodSet | undefined)[];
  /** The same for rules that say the same, wherever they stand. */
  readonly text: string;
}

/**
 * The policies that let other requests through than before, or may, on connections that stay open: those whose filters
 * are new, gone or changed, and those beside which a rule allows the same connections otherwise than before. Which
 * requests these are is not told.
 *
 * @returns such as `CiliumNetworkPolicy shop/orders`, sorted
 */
export function filterChanges(before: Reachability, after: Reachability): readonly string[] {
  const [was, is] = [rulesOf(before), rulesOf(after)];
  const [textsBefore, textsAfter] = [filteredIn(was), filteredIn(is)];
  const changed = new Set<string>();
  for (const [texts, others] of [
    [textsBefore, textsAfter],
    [textsAfter, textsBefore],
  ] as const) {
    for (const [text, { policy, beside }] of texts) {
      if (others.get(text)?.beside !== beside) {
        changed.add(policy);
      }
    }
  }
  return [...changed].sort(compare);
}

/** The rules with filters by what they say, each with what the others say that may be about the same connections. */
function filteredIn(
  rules: readonly PlacedRule[],
): ReadonlyMap<string, { readonly policy: string; readonly beside: string }> {
  return new Map(
    rules
      .filter(({ rule }) => rule.ports?.some(({ filter }) => filter !== undefined))
      .map((filtered) => {
        const { policy, text } = filtered;
        const beside = new Set(rules.filter((each) => mayMeet(each, filtered)).map((each) => each.text));
        return [text, { policy, beside: [...beside].sort(compare).join('\n') }];
      }),
  );
}

/** Every rule that allows something, of what is enforced; none where none has a filter, so that none can change. */
function rulesOf({ judged }: Reachability): readonly PlacedRule[] {
  const entries = judged.policies.flatMap(({ entry, inForce }) =>
    entry === undefined || inForce.actual === 'no' ? [] : [entry],
  );
  if (!entries.some(({ rules }) => hasFilter(rules))) {
    return [];
  }
  return entries.flatMap(({ kind, rules, ...named }) => {
    const policy = `${kind} ${qualifiedName(named)}`;
    const subject = PodSet.of(rules.subject);
    return POLICY_TYPES.flatMap((direction) =>
      sectionOf(rules, direction)
        .rules.filter(({ action }) => action === 'allow')
        .map((rule): PlacedRule => {
          const { peers, ports } = rule;
          const said = { direction, subject: subject?.key, peers, ports };
          return {
            ...{ policy, direction, subject, rule, text: canonicalText(said, PLACES) },
            ...(peers === undefined ? {} : { pods: peers.map(podsOf) }),
          };
        }),
    );
  });
}

function hasFilter({ ingress, egress }: PolicyRules): boolean {
  return [...ingress.rules, ...egress.rules].some(({ ports = [] }) =>
    ports.some(({ filter }) => filter !== undefined),
  );
}

/** Whether two rules may be about the same connection. */
function mayMeet(a: PlacedRule, b: PlacedRule): boolean {
  return (
    a.direction === b.direction &&
    (a.subject === undefined || b.subject === undefined || !a.subject.isApart(b.subject)) &&
    anyMeets(a.pods, b.pods, (one, other) => !(one && other && one.isApart(other))) &&
    anyMeets(a.rule.ports, b.rule.ports, (one, other) => one.protocol === other.protocol)
  );
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

/** The fields that say where something stands. */
const PLACES = ['at', 'blockAt', 'podsAt', 'namespacesAt'];
