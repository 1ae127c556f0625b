import type { TrafficPeer } from '../model/policy-rules';
import { describePeer } from '../model/policy-text';
import type { PortSet } from '../model/port-set';
import { remembered } from '../model/remember';
import type { Judgement } from './judgement';
import type { PointMatcher } from './point-matcher';
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
        allows: describePeers(peers),
      };
    }
  }
  return undefined;
}

/** The peers of a rule as a person says them. */
const describePeers = remembered((peers: readonly TrafficPeer[]) => peers.map(describePeer).join(', or '));
