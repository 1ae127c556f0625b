import { defined } from '../../model/defined';
import type { PortSet } from '../../model/port-set';
import type { PointMatcher } from '../judging/point-matcher';
import { arePods, type PodPoint, type PossiblePoint } from '../judging/points';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import { ruleReference } from './references';
import { misspeltPeer, undeclaredPorts } from './slips';
import type { NearestMiss } from './verdict';

/**
 * The rule that comes closest to allowing what a side denies. In this order: a rule for this host, which is not looked up,
 * a rule with a misspelt word, a rule for this peer on other ports, a rule for other peers; of several, the first.
 */
export function nearestMiss(
  matcher: PointMatcher,
  judgement: SideJudgement,
  asked: PortSet,
): NearestMiss | undefined {
  const { self, matches, exempt } = judgement;
  if (!arePods(self) || exempt !== undefined) {
    return undefined;
  }
  const onPorts = matches
    .filter(({ rule: { action } }) => action === 'allow')
    .map((match) => portMiss(matcher, judgement, self, match));
  const peers = peerMisses(matcher, judgement, self, asked);
  return (
    neverLookedUp(matcher, judgement, self, asked) ??
    onPorts.find((each) => each !== undefined && isMisspelt(each, asked)) ??
    peers.find(({ misspelt }) => misspelt !== undefined) ??
    onPorts.find((each) => each !== undefined && !each.allows.isEmpty) ??
    onPorts.find((each) => each !== undefined) ??
    peers[0]
  );
}

/** A rule that names the host, which never matches because no rule for DNS covers it. */
function neverLookedUp(
  matcher: PointMatcher,
  judgement: SideJudgement,
  self: PodPoint | PossiblePoint,
  asked: PortSet,
): NearestMiss | undefined {
  const { direction, other, selections } = judgement;
  if (other.kind !== 'name' || other.lookUp?.holds !== 'no') {
    return undefined;
  }
  const lookedUp = { ...other, lookUp: { holds: 'yes' as const } };
  for (const { selection, rule } of selections.flatMap(({ rules }) => rules)) {
    const ports = matcher.portsOf(rule, direction, self, other);
    const peer = rule.peers?.findIndex((_, i) => matcher.isMeant(rule, i, lookedUp) !== 'no') ?? -1;
    const says = rule.says?.peers?.[peer];
    if (rule.action === 'allow' && says?.kind === 'name' && ports.possible.overlaps(asked)) {
      const match = { selection, rule, peer, ports };
      return {
        rule: ruleReference(matcher, judgement, match, asked),
        differs: 'look-up',
        allows: says.name,
      };
    }
  }
  return undefined;
}

type PortMiss = Extract<NearestMiss, { differs: 'port' }>;
type PeerMiss = Extract<NearestMiss, { differs: 'peer' }>;

/** A rule that means the other end, on other ports; undefined if it allows no port, and no port name is the reason. */
function portMiss(
  matcher: PointMatcher,
  judgement: SideJudgement,
  self: PodPoint | PossiblePoint,
  match: RuleMatch,
): PortMiss | undefined {
  const { direction, other } = judgement;
  const allows = match.ports.possible;
  const undeclared = undeclaredPorts(match.rule, direction, self, other);
  return allows.isEmpty && undeclared === undefined
    ? undefined
    : {
        rule: ruleReference(matcher, judgement, match, allows),
        differs: 'port',
        allows,
        ...defined({ undeclared }),
      };
}

/** Whether the port name that was probably meant stands for a port that was asked for. */
function isMisspelt({ undeclared }: PortMiss, asked: PortSet): boolean {
  return (
    undeclared?.declared.some(
      ({ name, protocol, port }) => name === undeclared.meant && asked.has(protocol, port),
    ) === true
  );
}

/** Rules for other peers on a port that was asked for: the first, and each with a misspelt word. */
function peerMisses(
  matcher: PointMatcher,
  judgement: SideJudgement,
  self: PodPoint | PossiblePoint,
  asked: PortSet,
): PeerMiss[] {
  const { direction, other, selections } = judgement;
  const found: PeerMiss[] = [];
  for (const { selection, rule } of selections.flatMap(({ rules }) => rules)) {
    const allows = rule.action === 'allow' ? rule.says?.peers : undefined;
    const ports = matcher.portsOf(rule, direction, self, other);
    if (allows === undefined || !ports.possible.overlaps(asked)) {
      continue;
    }
    const words = allows.map((peer, i) => misspeltPeer(peer, rule.peers?.[i]?.actual, other));
    const misspelt = words.find((word) => word !== undefined);
    if (misspelt !== undefined || found.length === 0) {
      found.push({
        rule: ruleReference(matcher, judgement, { selection, rule, ports }, asked),
        differs: 'peer',
        allows,
        ...defined({ misspelt }),
      });
    }
  }
  return found;
}
