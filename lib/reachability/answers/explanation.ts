import { describeAsked } from '../../model/asked-request';
import { remembered } from '../../model/collections';
import { readHostName } from '../../model/named-host';
import type { PolicyType } from '../../model/network-policy';
import type { TrafficPeer } from '../../model/policy-rules';
import { describePeer } from '../../model/policy-text';
import type { Exemption } from '../judging/side-judgement';
import { describeFilterings, describeLetThrough } from './filterings';
import type { PortClass } from './port-classes';
import { describePolicy, describeRule } from './references';
import type { UndeclaredPorts } from './slips';
import type { NearestMiss, Question, RuleReference, Side, Verdict } from './verdict';

/** How many policies, rules or doubts are named. */
const NAMED = 2;

const EXEMPTIONS: Record<Exemption, string> = {
  outside: 'is no pod, so no policy judges it',
  completed: 'is over and holds no address any more',
  'host-network': "is on its node's network, where policies do not reach it",
  self: 'is the pod itself, which always reaches itself',
  'own-node': 'traffic with its own node always passes',
  'not-isolated': 'no policy isolates it',
  'not-filtered': 'the engine does not filter this traffic',
};

/** A verdict in three to ten lines: what, why on each side, and what would have to differ. */
export function explain(verdict: Verdict): string {
  return explanation(verdict).join('\n');
}

/**
 * The lines of {@link explain}.
 *
 * @param classes of its ports: each has a line with all its rules
 */
export function explanation(verdict: Verdict, classes: readonly PortClass[] = []): readonly string[] {
  const { egress, ingress, doubts, departures, question, knownOnly, refused = [] } = verdict;
  return [
    headline(verdict),
    ...(classes.length === 0
      ? [...explainSide('Egress', question, egress), ...explainSide('Ingress', question, ingress)]
      : [
          ...explainIsolation('Egress', question, egress),
          ...explainIsolation('Ingress', question, ingress),
          ...classes.map(explainClass),
        ]),
    ...few(doubts.map(({ text }) => `Unknown because ${text}.`)),
    ...(knownOnly === true ? ['Pods that no manifest tells of were left out.'] : []),
    ...few(
      refused.map(
        (policy) => `Not enforced: ${describePolicy(policy)}, which Cilium refuses: ${policy.message}.`,
      ),
    ),
    ...few(
      departures
        .filter(({ statement }) => !doubts.some(({ text }) => text === statement))
        .map(({ statement }) => `Not as the specification says: ${statement}.`),
    ),
  ];
}

function headline(whole: Verdict): string {
  const { verdict, question, ports, possiblePorts, onlyByIpv6 } = whole;
  const { from, to, port, protocol, http } = question;
  const filters = describeFilterings(whole)
    .map((each) => `; ${each}`)
    .join('');
  const behind = protocol === undefined || String(port).includes('/') ? '' : `/${protocol}`;
  const on = port === undefined && protocol === undefined ? '' : ` on ${port ?? '*'}${behind}`;
  const what = `${from} to ${to}${on}${http === undefined ? '' : `, ${describeAsked(http)}`}`;
  switch (verdict) {
    case 'allowed':
      return `Allowed: ${what}${filters}.`;
    case 'denied':
      return `Denied: ${what}.`;
    case 'partly':
      if (onlyByIpv6 === true) {
        return `Partly: ${what}; by IPv6 alone${filters}.`;
      }
      return ports.isEmpty
        ? `Partly: ${what}; between some of the pods or addresses on ${possiblePorts}${filters}.`
        : `Partly: ${what}; open on ${ports}${filters}.`;
    case 'unknown':
      return `Unknown: ${what}${filters}.`;
  }
}

function explainSide(direction: PolicyType, question: Question, side: Side): string[] {
  const { from, to } = question;
  const { verdict, exempt, isolatedBy, allowedBy, deniedBy, nearestMiss } = side;
  const end = direction === 'Egress' ? from : to;
  const start = startOf(direction, question, side);
  if (exempt !== undefined) {
    return [`${start}; ${EXEMPTIONS[exempt]}.`];
  }
  const by = isolatedBy.length === 0 ? '' : `; isolated by ${list(isolatedBy.map(describePolicy))}`;
  if (allowedBy.length > 0 || deniedBy.length > 0) {
    const maybe = verdict === 'unknown' ? 'perhaps ' : '';
    const denied = deniedBy.length === 0 ? '' : `; ${maybe}denied by ${list(deniedBy.map(describeRule))}`;
    const allowed = allowedBy.length === 0 ? '' : `; ${maybe}allowed by ${list(allowedBy.map(describeRule))}`;
    return [`${start}${by}${denied}${allowed}.`];
  }
  if (nearestMiss === undefined) {
    return [`${start}${by}${isolatedBy.length > 0 ? '; no rule comes near' : ''}.`];
  }
  return [
    `${start}${by}.`,
    `Nearest: ${describeMiss(direction, end, nearestMiss)}`,
    ...(direction === 'Egress' && allowsNames(nearestMiss) && readHostName(to) !== undefined
      ? [`Judged by its name: an address that ${to} shares with an allowed name is open.`]
      : []),
  ];
}

/** Who isolates an end, every policy of them. */
function explainIsolation(direction: PolicyType, question: Question, side: Side): string[] {
  const { isolatedBy, exempt } = side;
  return exempt !== undefined || isolatedBy.length === 0
    ? explainSide(direction, question, side)
    : [`${startOf(direction, question, side)}; isolated by ${isolatedBy.map(describePolicy).join(', ')}.`];
}

/** `On 5432/TCP: allowed by policy shop/db ingress rule 0 (db.yaml:12).` */
function explainClass({ ports, isRest, verdict: { verdict, question, egress, ingress } }: PortClass): string {
  const on = isRest === true ? 'every other port' : `${ports}`;
  const by = (word: string, rules: readonly RuleReference[]) =>
    rules.length === 0 ? [] : [`${word} by ${rules.map(describeRule).join(', ')}`];
  const denied = [...egress.deniedBy, ...ingress.deniedBy];
  const allowed = [...egress.allowedBy, ...ingress.allowedBy];
  if (verdict === 'allowed') {
    return `On ${on}: ${by('allowed', allowed)[0] ?? 'allowed'}.`;
  }
  const shut = [
    ...(egress.verdict === 'denied' ? [`out of ${question.from}`] : []),
    ...(ingress.verdict === 'denied' ? [`into ${question.to}`] : []),
  ].join(' and ');
  const how = verdict === 'denied' && shut !== '' ? `denied ${shut}` : verdict;
  const why = [...by('denied', denied), ...(verdict === 'denied' ? [] : by('allowed', allowed))];
  return `On ${on}: ${[how, ...(why.length === 0 && verdict === 'denied' ? ['no rule allows it'] : why)].join('; ')}.`;
}

function startOf(direction: PolicyType, { from, to }: Question, { verdict }: Side): string {
  return direction === 'Egress' ? `Out of ${from}: ${verdict}` : `Into ${to}: ${verdict}`;
}

function allowsNames(miss: NearestMiss): boolean {
  return miss.differs === 'peer' && miss.allows.some(({ kind }) => kind === 'name');
}

function describeMiss(direction: PolicyType, end: string, miss: NearestMiss): string {
  const rule = describeRule(miss.rule);
  const allows = describeAllows(miss);
  if (miss.differs === 'look-up') {
    return `${rule} allows ${allows} on ${miss.rule.ports}, but no rule for DNS of ${end} covers that name, so it never matches.`;
  }
  if (miss.differs === 'request') {
    return `${rule} allows the connection, and its filter lets through ${allows}.`;
  }
  if (miss.differs === 'peer') {
    const { misspelt } = miss;
    const side = direction === 'Egress' ? 'to' : 'from';
    return `${rule} allows ${miss.rule.ports} only ${side} ${allows}${misspelt === undefined ? '.' : `; did you mean ${misspelt.meant}?`}`;
  }
  const { undeclared } = miss;
  return `${rule} allows this ${direction === 'Egress' ? 'destination' : 'source'} on ${allows}${undeclared === undefined ? '.' : `; ${describeUndeclared(undeclared)}`}`;
}

/** `shop/web declares no port named htp/TCP, but http/TCP (8080); did you mean http?` */
function describeUndeclared({ destination, name, protocol, declared, meant }: UndeclaredPorts): string {
  const has = declared.map((each) => `${each.name}/${each.protocol} (${each.port})`);
  const but = has.length === 0 ? ', nor any other' : `, but ${has.join(', ')}`;
  return `${destination} declares no port named ${name}/${protocol}${but}${meant === undefined ? '.' : `; did you mean ${meant}?`}`;
}

/** What the nearest rule allows: `5433/TCP`, `http/TCP`, or `pods with app=web in namespaces with team=shop`. */
export function describeAllows(miss: NearestMiss): string {
  if (miss.differs === 'look-up') {
    return miss.allows;
  }
  if (miss.differs === 'request') {
    return describeLetThrough(miss.allows);
  }
  if (miss.differs === 'peer') {
    return describePeers(miss.allows);
  }
  const { allows, undeclared } = miss;
  return allows.isEmpty && undeclared !== undefined
    ? `${undeclared.name}/${undeclared.protocol}`
    : String(allows);
}

/** Remembered because many questions meet the same rule. */
const describePeers = remembered((peers: readonly TrafficPeer[]) => peers.map(describePeer).join(', or '));

function list(items: readonly string[]): string {
  const more = items.length - NAMED;
  return [...items.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function few(lines: readonly string[]): readonly string[] {
  return lines.slice(0, NAMED);
}
