import type { PortSet } from '../../model/port-set';
import type { JudgedRule } from '../reading/judged-policy';
import type { PortReader } from '../reading/rule-ports';
import type { PortBounds, PortPool } from '../sets/port-bounds';
import type { Unit } from '../sets/units';
import type { Group } from './groups';
import type { HeldRule, LevelOfRules, TierOfRules } from './selection';

/** What rules open and shut, such as the ports between two points or the row of a group. */
export interface Traffic<T> {
  readonly everything: T;
  readonly nothing: T;
  /** The same traffic, all of it in doubt. */
  inDoubt(open: T): T;
  /** `open` and what the rules allow. */
  with(open: T, rules: readonly HeldRule[]): T;
  /** `open` without what the rules deny. */
  without(open: T, rules: readonly HeldRule[]): T;
  /** `end` for what the rules pass on, and `open` for the rest. */
  passing(open: T, rules: readonly HeldRule[], end: T): T;
}

/**
 * The traffic that tiers of rules leave open in one direction. A level denies, or else allows, or else leaves traffic
 * to the levels below. Below the last level of a tier is the next tier, or nothing if the tier isolates; below the
 * last tier everything is open. The levels are folded from the last to the first: so each rule is asked once, and
 * doubts stay exact.
 */
export function fold<T>(tiers: readonly TierOfRules[], traffic: Traffic<T>): T {
  let open = traffic.everything;
  for (let i = tiers.length - 1; i >= 0; i--) {
    const { isolated, levels } = tiers[i] as TierOfRules;
    const end = isolated === 'yes' ? traffic.nothing : isolated === 'no' ? open : traffic.inDoubt(open);
    open = end;
    for (let j = levels.length - 1; j >= 0; j--) {
      const { allow, deny, pass } = levels[j] as LevelOfRules;
      open = pass.length === 0 ? open : traffic.passing(open, pass, end);
      open = allow.length === 0 ? open : traffic.with(open, allow);
      open = deny.length === 0 ? open : traffic.without(open, deny);
    }
  }
  return open;
}

/**
 * Ports as traffic.
 *
 * @param openedBy the ports that a rule speaks of
 */
export function portTraffic(pool: PortPool, openedBy: (rule: HeldRule) => PortBounds): Traffic<PortBounds> {
  const spoken = (rules: readonly HeldRule[]) => pool.union(rules, openedBy);
  return {
    everything: pool.all,
    nothing: pool.none,
    inDoubt: (open) => pool.inDoubt(open),
    with: (open, rules) => pool.or(open, spoken(rules)),
    without: (open, rules) => pool.without(open, spoken(rules)),
    passing: (open, rules, end) => pool.passing(open, spoken(rules), end),
  };
}

/**
 * The ports on which a unit lets some peers in, or may.
 *
 * @param means whether a rule means these peers
 */
export function openPortsFor(
  { pool, ports }: { readonly pool: PortPool; readonly ports: PortReader },
  { tiers }: Group,
  { ports: table }: Unit,
  means: (rule: JudgedRule) => boolean,
): PortSet {
  const openedBy = ({ rule }: HeldRule) => (means(rule) ? ports.opened(rule.ports, table) : pool.none);
  return fold(tiers, portTraffic(pool, openedBy)).possible;
}
