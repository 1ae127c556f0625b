import { append, remember, remembered } from '../../model/collections';
import type { PolicyType } from '../../model/network-policy';
import { anyOf, type Tristate } from '../../model/tristate';
import type { JudgedPolicy, JudgedRule } from '../reading/judged-policy';

/** A policy that concerns a unit in one direction. One object for each policy, direction and certainty. */
export interface Selection {
  readonly policy: JudgedPolicy;
  /** Whether it holds the unit. `no`: by the specification it does, but not on this engine. */
  readonly holds: Tristate;
  /** Whether it denies what it does not allow. */
  readonly isolates: Tristate;
  /** Its rules, where it holds the unit or may. */
  readonly rules: readonly HeldRule[];
}

/** A rule of a policy that concerns a unit. */
export interface HeldRule {
  readonly selection: Selection;
  readonly rule: JudgedRule;
}

/** The rules of one tier that concern a unit. */
export interface TierOfRules {
  /** Whether a policy of the tier denies what the tier does not allow. */
  readonly isolated: Tristate;
  /** In order: the first level that speaks of some traffic decides about it. */
  readonly levels: readonly LevelOfRules[];
}

/** Rules that are asked together; denials win. */
export interface LevelOfRules {
  readonly allow: readonly HeldRule[];
  readonly deny: readonly HeldRule[];
  readonly pass: readonly HeldRule[];
}

/** The selection by which a policy concerns whole units. */
export function selectionOf(policy: JudgedPolicy, direction: PolicyType, holds: Tristate): Selection {
  return remember(selections(policy), `${direction} ${holds}`, () => {
    const { isolates, rules } = policy.sections[direction].actual;
    return makeSelection({ policy, holds, isolates: isolates ? holds : 'no' }, holds === 'no' ? [] : rules);
  });
}

export function makeSelection(
  { policy, holds, isolates }: Omit<Selection, 'rules'>,
  rules: readonly JudgedRule[],
): Selection {
  const held: HeldRule[] = [];
  // Not by spread: an object that grows is read more slowly.
  const selection = { policy, holds, isolates, rules: held };
  for (const rule of rules) {
    held.push({ selection, rule });
  }
  return selection;
}

const selections = remembered((_: JudgedPolicy) => new Map<string, Selection>());

/** The rules of policies in the order in which they decide. */
export function tiersOf(selections: readonly Selection[]): readonly TierOfRules[] {
  const asked = selections.filter(({ holds }) => holds !== 'no');
  if (asked.length === 0) {
    return [];
  }
  return inOrder(asked, ({ policy }) => policy.level.tier).map((within) => ({
    isolated: anyOf(within.map(({ isolates }) => isolates)),
    levels: inOrder(within, ({ policy }) => policy.level.priority).map((each) =>
      levelOfRules(each.flatMap(({ rules }) => rules)),
    ),
  }));
}

/** Rules that are asked together, by what they do. */
export function levelOfRules(rules: readonly HeldRule[]): LevelOfRules {
  const level = { allow: [] as HeldRule[], deny: [] as HeldRule[], pass: [] as HeldRule[] };
  for (const held of rules) {
    level[held.rule.action].push(held);
  }
  return level;
}

/** Selections with the same number together, the lowest number first. */
function inOrder(
  selections: readonly Selection[],
  numberOf: (selection: Selection) => number,
): readonly (readonly Selection[])[] {
  const [first] = selections;
  const number = first && numberOf(first);
  // Mostly there is one number.
  if (selections.every((each) => numberOf(each) === number)) {
    return [selections];
  }
  const byNumber = new Map<number, Selection[]>();
  for (const selection of selections) {
    append(byNumber, numberOf(selection), selection);
  }
  return [...byNumber].sort(([a], [b]) => a - b).map(([, some]) => some);
}
