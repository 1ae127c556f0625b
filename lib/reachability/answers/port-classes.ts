import { remember } from '../../model/collections';
import { PortSet } from '../../model/port-set';
import { nameRule } from './references';
import type { RuleReference, Verdict } from './verdict';

/** Ports about which the same rules decide in the same way, and what they decide. */
export interface PortClass {
  readonly ports: PortSet;
  /** Set for the class that has most of all ports: it is told as the others. */
  readonly isRest?: true;
  readonly verdict: Verdict;
}

/** So many parts of the ports are told apart; a person reads no more. */
const MOST_PARTS = 100;

/**
 * The ports of a question without a port, by who decides about them; the largest class comes last.
 *
 * @param whole the answer to the question
 * @param judge answers it for some ports alone
 * @returns none where one class has every port, or there are too many to tell apart
 */
export function portClasses(whole: Verdict, judge: (ports: PortSet) => Verdict): readonly PortClass[] {
  const parts = partsBy([whole.ports, whole.possiblePorts, ...rulesOf(whole).map(({ ports }) => ports)]);
  if (parts === undefined || parts.length === 1) {
    return [];
  }
  const alike = new Map<string, PortSet[]>();
  for (const ports of parts) {
    remember(alike, keyOf(judge(ports)), () => []).push(ports);
  }
  const sets = [...alike.values()].map((some) => PortSet.union(some));
  if (sets.length === 1) {
    return [];
  }
  const rest = sets.reduce((largest, each) => (sizeOf(each) > sizeOf(largest) ? each : largest));
  const others = sets.filter((each) => each !== rest).sort((a, b) => firstOf(a) - firstOf(b));
  return [
    ...others.map((ports) => ({ ports, verdict: judge(ports) })),
    { ports: rest, verdict: judge(rest), isRest: true },
  ];
}

/** All ports, cut where one of these sets begins or ends; undefined where that makes too many parts. */
function partsBy(cuts: readonly PortSet[]): readonly PortSet[] | undefined {
  let parts: readonly PortSet[] = [PortSet.ALL];
  for (const cut of cuts) {
    parts = parts.flatMap((part) => [part.and(cut), part.without(cut)].filter(({ isEmpty }) => !isEmpty));
    if (parts.length > MOST_PARTS) {
      return undefined;
    }
  }
  return parts;
}

function rulesOf({ egress, ingress }: Verdict): readonly RuleReference[] {
  return [egress, ingress].flatMap(({ allowedBy, deniedBy }) => [...allowedBy, ...deniedBy]);
}

/** Equal where the same rules make the same of it. */
function keyOf(verdict: Verdict): string {
  const { egress, ingress } = verdict;
  const rules = rulesOf(verdict).map((rule) => [rule.kind, rule.policy, nameRule(rule)].join(' '));
  return [verdict.verdict, egress.verdict, ingress.verdict, ...new Set(rules)].join('\n');
}

function sizeOf(ports: PortSet): number {
  return ports.ranges().reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function firstOf(ports: PortSet): number {
  return ports.ranges()[0]?.first ?? 0;
}
