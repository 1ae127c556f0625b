import type { TrafficPeer } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';
import type { Judgement } from './judgement';
import type { PointMatcher } from './point-matcher';
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
      readonly allows: readonly TrafficPeer[];
    }
);

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
  const [otherPort] = matches.filter(
    ({ rule: { action }, ports }) => action === 'allow' && !ports.possible.isEmpty,
  );
  if (otherPort !== undefined) {
    const rule = ruleReference(matcher, judgement, otherPort, otherPort.ports.possible);
    return { rule, differs: 'port', allows: rule.ports };
  }
  for (const { selection, rule } of selections.flatMap(({ rules }) => rules)) {
    const peers = rule.action === 'allow' ? rule.says?.peers : undefined;
    const ports = matcher.portsOf(rule, direction, self, other);
    if (peers !== undefined && ports.possible.overlaps(asked)) {
      const match = { selection, rule, matches: 'no' as const, ports };
      return {
        rule: ruleReference(matcher, judgement, match, asked),
        differs: 'peer',
        allows: peers,
      };
    }
  }
  return undefined;
}
