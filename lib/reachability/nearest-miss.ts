import { describePeer } from '../model/policy-text';
import type { PortSet } from '../model/port-set';
import { remembered } from '../model/remember';
import type { Judgement } from './judgement';
import type { PointMatcher } from './point-matcher';
import type { JudgedPolicy, WrittenRule } from './policy';
import { ruleReference } from './references';
import type { RuleReference } from './verdict';

/** The rule that would have allowed a connection if one thing were different. */
export interface NearestMiss {
  readonly rule: RuleReference;
  /** `port`: the rule allows this peer, on other ports. `peer`: it allows this port, to other peers. */
  readonly differs: 'port' | 'peer';
  /** What the rule allows instead: `5433/TCP`, or `pods with app=web in namespaces with team=shop`. */
  readonly allows: string;
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

/** The peers of a policy's rules as a person says them. */
const peersOf = remembered(({ namespace }: JudgedPolicy) =>
  remembered(({ peers }: WrittenRule) => peers.map((peer) => describePeer(peer, namespace)).join(', or ')),
);
