import type { PolicyEntry } from '../model/cluster';
import { appendAll } from '../model/collections';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { TrafficRule } from '../model/policy-rules';
import {
  compareLevels,
  comparePolicies,
  isSilent,
  type JudgedPolicy,
  type JudgedRule,
  levelOf,
} from '../reachability/reading/judged-policy';
import type { Bits } from '../reachability/sets/bits';
import { type Cover, coverOf } from './rule-cover';
import { type Candidate, WiderPolicies } from './wider-policies';

/** One rule of a policy, by its place. */
export interface PlacedRule {
  readonly policy: PolicyEntry;
  readonly direction: PolicyType;
  readonly rule: TrafficRule;
}

/** A rule that opens nothing which others do not open for the same pods. */
export interface RedundantRule extends PlacedRule {
  readonly by: readonly PlacedRule[];
  /** Whether it holds for pods to come, too. */
  readonly always: boolean;
}

/** A policy that opens nothing and isolates nothing which others do not, for every pod it can select. */
export interface ShadowedPolicy {
  readonly policy: PolicyEntry;
  readonly by: readonly PolicyEntry[];
  readonly always: boolean;
}

/** What could be taken out, all of it together, without any connection changing. */
export interface Redundancies {
  readonly policies: readonly ShadowedPolicy[];
  /** Rules of other policies than those. */
  readonly rules: readonly RedundantRule[];
}

/** Whether it is enough that others open all that a rule opens for the pods that there are today. */
export type HoldsToday = (place: PlacedRule) => boolean;

interface Place {
  readonly policy: JudgedPolicy;
  readonly direction: PolicyType;
  readonly rule: JudgedRule;
}

interface Search {
  readonly wider: WiderPolicies;
  /** What is taken out already, and so is no cover for anything else. */
  readonly gone: Set<JudgedPolicy | JudgedRule>;
  readonly holdsToday: HoldsToday;
  readonly today: Bits;
}

/** Beyond so many rules that concern the same pods, the rest is not looked at. */
const LOOKED_AT = 200;

/**
 * Finds what is redundant, from the last name to the first, so that of two equals the later one is named. Only
 * policies whose selector is the same or wider count as cover: for them it holds for pods to come as well. What does
 * not hold long enough stays, and so may be what makes another redundant.
 *
 * @param today the units that there are
 */
export function findRedundancies(
  judged: readonly JudgedPolicy[],
  holdsToday: HoldsToday,
  today: Bits,
): Redundancies {
  const wider = new WiderPolicies(judged.filter(onlyAdds).sort(comparePolicies));
  const search: Search = { wider, gone: new Set(), holdsToday, today };
  const shadowed: ShadowedPolicy[] = [];
  const redundant: RedundantRule[] = [];
  const left: Candidate[] = [];
  for (const candidate of [...wider.candidates].reverse()) {
    const found = shadowOf(candidate, search);
    if (found === undefined) {
      left.push(candidate);
    } else {
      search.gone.add(candidate.policy);
      shadowed.push(found);
    }
  }
  for (const candidate of left) {
    for (const direction of POLICY_TYPES) {
      appendAll(redundant, redundantIn(candidate, direction, search));
    }
  }
  return { policies: shadowed.reverse(), rules: redundant.reverse() };
}

/** The redundant rules of one policy, each of which is added to what is gone. */
function redundantIn(candidate: Candidate, direction: PolicyType, search: Search): RedundantRule[] {
  const { policy } = candidate;
  const { wider, gone } = search;
  const { rules } = policy.sections[direction].specified;
  const places =
    rules.length > 0 && isAlike(policy, direction)
      ? take(placesIn(wider.of(candidate), direction, gone), LOOKED_AT + rules.length)
      : [];
  // One place is that of the rule itself.
  return places.length < 2
    ? []
    : [...rules].reverse().flatMap((rule) => {
        const others = take(places, LOOKED_AT, (each) => each.rule !== rule && !gone.has(each.rule));
        const cover = coverFor({ policy, direction, rule }, others, search);
        if (cover === undefined) {
          return [];
        }
        gone.add(rule);
        const { by, always } = cover;
        return [{ ...placeOf({ policy, direction, rule }), by: by.map(placeOf), always }];
      });
}

function shadowOf(candidate: Candidate, search: Search): ShadowedPolicy | undefined {
  const { policy } = candidate;
  const { wider, gone } = search;
  const covers: Cover<Place>[] = [];
  const isolating = new Set<JudgedPolicy>();
  for (const direction of POLICY_TYPES) {
    const section = policy.sections[direction].specified;
    const { rules } = section;
    if (isSilent(section)) {
      continue;
    }
    if (!isAlike(policy, direction)) {
      return undefined;
    }
    if (rules.length === 0) {
      const [other] = take(
        wider.of(candidate),
        1,
        (each) => each !== policy && !gone.has(each) && isolates(each, direction),
      );
      if (other === undefined) {
        return undefined;
      }
      isolating.add(other);
      continue;
    }
    const places = take(
      placesIn(wider.of(candidate), direction, gone),
      LOOKED_AT,
      (place) => place.policy !== policy,
    );
    for (const rule of rules) {
      const cover = coverFor({ policy, direction, rule }, places, search);
      if (cover === undefined) {
        return undefined;
      }
      covers.push(cover);
    }
  }
  if (covers.length === 0) {
    return undefined;
  }
  const by = new Set([...covers.flatMap((cover) => cover.by.map((place) => place.policy)), ...isolating]);
  return {
    policy: policy.entry as PolicyEntry,
    by: [...by].sort(comparePolicies).map(({ entry }) => entry as PolicyEntry),
    always: covers.every(({ always }) => always),
  };
}

/** What opens all that a rule opens, for as long as it has to. */
function coverFor(
  place: Place,
  others: readonly Place[],
  { holdsToday, today }: Search,
): Cover<Place> | undefined {
  const cover = coverOf(place.rule, others, today);
  return cover === undefined || cover.always || holdsToday(placeOf(place)) ? cover : undefined;
}

function* placesIn(
  policies: Iterable<JudgedPolicy>,
  direction: PolicyType,
  gone: ReadonlySet<unknown>,
): Generator<Place> {
  for (const policy of policies) {
    const isUsed = !gone.has(policy) && isAlike(policy, direction);
    for (const rule of isUsed ? policy.sections[direction].specified.rules : []) {
      if (!gone.has(rule)) {
        yield { policy, direction, rule };
      }
    }
  }
}

/** The first of those that are meant, so many at most. */
function take<T>(all: Iterable<T>, most: number, isMeant: (each: T) => boolean = () => true): T[] {
  const taken: T[] = [];
  for (const each of all) {
    if (isMeant(each)) {
      taken.push(each);
    }
    if (taken.length === most) {
      break;
    }
  }
  return taken;
}

function placeOf({ policy, direction, rule }: Place): PlacedRule {
  return { policy: policy.entry as PolicyEntry, direction, rule: rule.says as TrafficRule };
}

const isolates = (policy: JudgedPolicy, direction: PolicyType) =>
  policy.sections[direction].specified.isolates;

/**
 * Whether a policy only adds to what others allow, in one namespace, and denies by default where it says anything: what
 * denies something, or is asked before others, is nobody's equal.
 */
function onlyAdds({ entry, level, sections }: JudgedPolicy): boolean {
  return (
    entry !== undefined &&
    typeof entry.rules.subject.namespaces === 'string' &&
    compareLevels(level, levelOf({})) === 0 &&
    POLICY_TYPES.every((direction) => {
      const { isolates, rules } = sections[direction].specified;
      return (isolates || rules.length === 0) && rules.every(({ action }) => action === 'allow');
    })
  );
}

/** Whether the engine takes a policy as it is written; what it makes of others cannot be compared. */
function isAlike({ scope, inForce, sections }: JudgedPolicy, direction: PolicyType): boolean {
  return scope.by.length === 0 && inForce.by.length === 0 && sections[direction].by.length === 0;
}
