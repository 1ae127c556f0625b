import { defined } from '../../model/defined';
import type { PortSet } from '../../model/port-set';
import { arePods } from '../judging/point-groups';
import type { PointMatcher } from '../judging/point-matcher';
import type { PodPoint, PossiblePoint } from '../judging/question-ends';
import type { RuleMatch, SideJudgement } from '../judging/side-judgement';
import { ruleReference } from './references';
import { misspeltPeer, undeclaredPorts } from './slips';
import type { NearestMiss } from './verdict';

/**
 * The rule that comes closest to what a side denies: one in which a word is misspelt before one that means this peer on
 * other ports, and that before one that means others; the first of equals.
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
    onPorts.find((each) => each !== undefined && isMisspelt(each, asked)) ??
    peers.find(({ misspelt }) => misspelt !== undefined) ??
    onPorts.find((each) => each !== undefined && !each.allows.isEmpty) ??
    onPorts.find((each) => each !== undefined) ??
    peers[0]
  );
}

type PortMiss = Extract<NearestMiss, { differs: 'port' }>;
type PeerMiss = Extract<NearestMiss, { differs: 'peer' }>;

/** What a rule that means the other end allows it; undefined where that is nothing, and no name is to blame. */
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

/** Whether a name that is near the undeclared one stands for a port that was asked for. */
function isMisspelt({ undeclared }: PortMiss, asked: PortSet): boolean {
  return (
    undeclared?.declared.some(
      ({ name, protocol, port }) => name === undeclared.meant && asked.has(protocol, port),
    ) === true
  );
}

/** The rules for others on a port that was asked for, the first of each kind. */
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
      const match = { selection, rule, matches: 'no' as const, ports };
      found.push({
        rule: ruleReference(matcher, judgement, match, asked),
        differs: 'peer',
        allows,
        ...defined({ misspelt }),
      });
    }
  }
  return found;
}
