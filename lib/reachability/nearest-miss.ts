import type { LabelSelector } from '../model/label-selector';
import { isBlankSelector } from '../model/label-selector';
import type { NetworkPolicyPeer } from '../model/network-policy';
import type { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';
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

function describePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, own: string): string {
  if (ipBlock != null) {
    const except = ipBlock.except ?? [];
    return except.length === 0 ? ipBlock.cidr : `${ipBlock.cidr} except ${except.join(', ')}`;
  }
  const pods = describeSelector('pods', 'all pods', podSelector ?? {});
  return namespaceSelector == null
    ? `${pods} in namespace ${own}`
    : `${pods} in ${describeSelector('namespaces', 'all namespaces', namespaceSelector)}`;
}

function describeSelector(noun: string, blank: string, selector: LabelSelector): string {
  if (isBlankSelector(selector)) {
    return blank;
  }
  const terms = requirementsOf(selector).map(({ key, operator, values = [] }) => {
    switch (operator) {
      case 'In':
        return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
      case 'NotIn':
        return values.length === 1 ? `${key}!=${values[0]}` : `${key} not in (${values.join(', ')})`;
      case 'Exists':
        return key;
      default:
        return `!${key}`;
    }
  });
  return `${noun} with ${terms.join(' and ')}`;
}
