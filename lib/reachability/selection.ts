import type { PolicyType } from '../model/network-policy';
import { remember, remembered } from '../model/remember';
import { anyOf, type Tristate } from '../model/tristate';
import type { LevelOfRules, TierOfRules } from './fold';
import { compareLevels } from './level';
import type { JudgedPolicy, JudgedRule } from './policy';

/** A policy that concerns a unit in one direction. One object for each policy, direction and certainty. */
export interface Selection {
  readonly policy: JudgedPolicy;
  /** Whether it holds the unit. `no`: it should by the specification, but the engine does not take it so. */
  readonly holds: Tristate;
  /** Whether it denies what it does not allow. */
  readonly isolates: Tristate;
  /** Its rules, where it holds the unit or may. */
  readonly rules: readonly HeldRule[];
}

/** A rule that concerns a unit, and how surely. */
export interface HeldRule {
  readonly selection: Selection;
  readonly rule: JudgedRule;
}

/** The selection by which a policy concerns units. */
export function selectionOf(policy: JudgedPolicy, direction: PolicyType, holds: Tristate): Selection {
  return remember(selections(policy), `${direction} ${holds}`, () => {
    const { isolates, rules } = policy.sections[direction].actual;
    const held: HeldRule[] = [];
    const selection = { policy, holds, isolates: isolates ? holds : ('no' as const), rules: held };
    for (const rule of holds === 'no' ? [] : rules) {
      held.push({ selection, rule });
    }
    return selection;
  });
}

const selections = remembered((_: JudgedPolicy) => new Map<string, Selection>());

/** The policies of a unit tier by tier, those asked first first. */
export function tiersOf(selections: readonly Selection[]): readonly TierOfRules[] {
  const asked = selections.filter(({ holds }) => holds !== 'no');
  const tiers: TierOfRules[] = [];
  for (const tier of new Set(asked.map(({ policy }) => policy.level.tier).sort((a, b) => a - b))) {
    const within = asked.filter(({ policy }) => policy.level.tier === tier);
    tiers.push({ isolated: anyOf(within.map(({ isolates }) => isolates)), levels: levelsOf(within) });
  }
  return tiers;
}

function levelsOf(selections: readonly Selection[]): readonly LevelOfRules[] {
  const ordered = [...selections].sort((a, b) => compareLevels(a.policy.level, b.policy.level));
  const levels = new Map<number, HeldRule[]>();
  for (const { policy, rules } of ordered) {
    const { priority } = policy.level;
    const level = levels.get(priority);
    levels.set(priority, level === undefined ? [...rules] : [...level, ...rules]);
  }
  return [...levels.values()].map((rules) => {
    const of = (action: JudgedRule['action']) => rules.filter(({ rule }) => rule.action === action);
    return { allow: of('allow'), deny: of('deny'), pass: of('pass') };
  });
}
