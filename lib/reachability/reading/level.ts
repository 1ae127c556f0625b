import type { PolicyRules, Tier } from '../../model/policy-rules';

/** When a policy is asked: tier by tier, and in each by priority. */
export interface Level {
  /** The place of its tier. */
  readonly tier: number;
  readonly priority: number;
}

const TIERS: readonly (Tier | undefined)[] = ['admin', undefined, 'baseline'];

export function levelOf({ tier, priority = 0 }: Pick<PolicyRules, 'tier' | 'priority'>): Level {
  return { tier: TIERS.indexOf(tier), priority };
}

/** The first to be asked comes first. */
export function compareLevels(a: Level, b: Level): number {
  return a.tier - b.tier || a.priority - b.priority;
}
