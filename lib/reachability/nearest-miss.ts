import type { NetworkPolicyPeer } from '../model/network-policy';
import { describePeer } from '../model/policy-text';
import type { PortSet } from '../model/port-set';
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
          allows: describePeers(rule.written.peers, selection.policy.namespace),
        };
      }
    }
  }
  return undefined;
}

/** Peers as a person says them. */
function describePeers(peers: readonly NetworkPolicyPeer[], namespace: string): string {
  return peers.map((peer) => describePeer(peer, namespace)).join(', or ');
}
