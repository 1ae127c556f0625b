import type { PortBounds, PortPool } from '../sets/port-bounds';
import type { HeldRule, LevelOfRules, TierOfRules } from './selection';

/** Amounts of traffic, such as the ports that two points may use or whom somebody may talk to on which. */
export interface Traffic<T> {
  readonly everything: T;
  readonly nothing: T;
  /** The same traffic, none of it sure. */
  inDoubt(open: T): T;
  /** What is open where these rules allow something beside it. */
  with(open: T, rules: readonly HeldRule[]): T;
  /** What is left where these rules deny something of it. */
  without(open: T, rules: readonly HeldRule[]): T;
  /** `end` where these rules leave out the levels before it, and `open` elsewhere. */
  passing(open: T, rules: readonly HeldRule[], end: T): T;
}

/**
 * The traffic that tiers of rules leave open in one direction. Told from the last level to the first, because then each
 * rule is asked once and what is in doubt stays exact: a level denies, or else allows, or else leaves it to the levels
 * below; beneath the last level of a tier stands the next tier, or nothing where the tier isolates; and beneath the last
 * tier everything is open.
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

/** Sets of ports as amounts of traffic. */
export class PortTraffic implements Traffic<PortBounds> {
  /** @param openedBy the ports that a rule speaks of */
  public constructor(
    private readonly pool: PortPool,
    private readonly openedBy: (rule: HeldRule) => PortBounds,
  ) {}

  public get everything(): PortBounds {
    return this.pool.all;
  }

  public get nothing(): PortBounds {
    return this.pool.none;
  }

  public inDoubt(open: PortBounds): PortBounds {
    return this.pool.inDoubt(open);
  }

  public with(open: PortBounds, rules: readonly HeldRule[]): PortBounds {
    return this.pool.or(open, this.pool.union(rules, this.openedBy));
  }

  public without(open: PortBounds, rules: readonly HeldRule[]): PortBounds {
    return this.pool.without(open, this.with(this.nothing, rules));
  }

  public passing(open: PortBounds, rules: readonly HeldRule[], end: PortBounds): PortBounds {
    return this.pool.passing(open, this.with(this.nothing, rules), end);
  }
}
