import type { NetworkPolicyPeer } from '../model/network-policy';
import type { PortSet } from '../model/port-set';
import { remembered } from '../model/remember';
import type { Judgement } from './judgement';
import type { PointMatcher } from './point-matcher';
import type { JudgedPolicy, WrittenRule } from './policy';
import { ruleReference } from './references';
import type { RuleReference } from './verdict';

/** The rule that would have allowed a connection if one thing were different. */
export type NearestMiss = {
  readonly rule: RuleReference;
} & (
  | {
      /** The rule allows this peer, on other ports. */
      readonly differs: 'port';
      readonly allows: PortSet;
    }
  | {
      /** The rule allows this port, to other peers. */
      readonly differs: 'peer';
      readonly allows: AllowedPeers;
    }
);

/** Whom a rule allows. */
export interface AllowedPeers {
  /** The entries of its `from` or `to`. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** That of its policy, which a `podSelector` alone stands for. */
  readonly namespace: string;
}

/** The rule that comes closest to what a side denies; the first of equals. */
export function nearestMiss(
  matcher: PointMatcher,
  judgement: Judgement,
  asked: PortSet,
): NearestMiss | undefined {
  const { direction, self, other, matches, selections, exempt } = judgement;
  if (self.kind !== 'pods' || exempt !== undefined) {
    return undefined;
  }
  const [otherPort] = matches.filter(({ ports }) => !ports.possible.isEmpty);
  if (otherPort !== undefined) {
    const rule = ruleReference(matcher, judgement, otherPort, otherPort.ports.possible);
    return { rule, differs: 'port', allows: rule.ports };
  }
  for (const selection of selections.filter(({ isolates }) => isolates !== 'no')) {
    for (const rule of selection.policy.rules[direction].actual ?? []) {
      const ports = matcher.portsOf(rule, direction, self, other);
      if (rule.written !== undefined && rule.peers !== undefined && ports.possible.overlaps(asked)) {
        const match = { selection, rule, matches: 'no' as const, ports };
        return {
          rule: ruleReference(matcher, judgement, match, asked),
          differs: 'peer',
          allows: peersOf(selection.policy)(rule.written),
        };
      }
    }
  }
  return undefined;
}

/** The same peers for the same rule, so that they are put into words once. */
const peersOf = remembered(({ namespace }: JudgedPolicy) =>
  remembered(({ peers }: WrittenRule): AllowedPeers => ({ peers, namespace })),
);
