import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import { append, appendAll } from '../model/collections';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { TrafficRule } from '../model/policy-rules';
import { ruleText, type SubjectRule, subjectRule } from '../model/subject-rule';
import {
  compareLevels,
  comparePolicies,
  isSilent,
  type JudgedPolicy,
  type JudgedRule,
  levelOf,
} from '../reachability/reading/judged-policy';
import type { Bits } from '../reachability/sets/bits';
import { FilteringRules } from './filtering-rules';
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
  readonly filters: FilteringRules;
  /** What is taken out already, and so is no cover for anything else. */
  readonly gone: Set<JudgedPolicy | JudgedRule>;
  readonly holdsToday: HoldsToday;
  readonly today: Bits;
}

/** What is written in one object: it can be deleted as a whole alone. */
interface Whole {
  readonly parts: readonly Candidate[];
  /** Whether there is something in it that cannot be compared. */
  readonly hasMore: boolean;
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
  const wider = new WiderPolicies(judged.filter(isComparable).sort(comparePolicies));
  const filters = new FilteringRules(judged);
  const search: Search = { wider, filters, gone: new Set(), holdsToday, today };
  const shadowed: ShadowedPolicy[] = [];
  const redundant: RedundantRule[] = [];
  const left: Candidate[] = [];
  for (const whole of wholesOf(judged, wider.candidates).reverse()) {
    const found = shadowOf(whole, search);
    if (found === undefined) {
      appendAll(left, [...whole.parts].reverse());
    } else {
      shadowed.push(found);
      for (const { policy } of whole.parts) {
        search.gone.add(policy);
      }
    }
  }
  for (const candidate of left) {
    for (const direction of POLICY_TYPES) {
      appendAll(redundant, redundantIn(candidate, direction, search));
    }
  }
  return { policies: shadowed.reverse(), rules: redundant.reverse() };
}

/** The candidates by the objects in which they stand, in their order. */
function wholesOf(judged: readonly JudgedPolicy[], candidates: readonly Candidate[]): Whole[] {
  const count = new Map<unknown, number>();
  for (const { entry } of judged) {
    count.set(entry?.written, (count.get(entry?.written) ?? 0) + 1);
  }
  const parts = new Map<unknown, Candidate[]>();
  for (const candidate of candidates) {
    append(parts, candidate.policy.entry?.written, candidate);
  }
  return [...parts].map(([written, own]) => ({ parts: own, hasMore: count.get(written) !== own.length }));
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
        const place = { policy, direction, rule };
        const cover = saysSomething(rule) ? coverFor(place, others, search) : undefined;
        if (cover === undefined || !canBeTakenOut(place, cover, gone)) {
          return [];
        }
        gone.add(rule);
        const { by, always } = cover;
        return [{ ...placeOf(place), by: by.map(placeOf), always }];
      });
}

/** Whether a policy isolates as before without a rule: a list of Cilium's own kinds does nothing when it is empty. */
function canBeTakenOut(
  { policy, direction, rule }: Place,
  { by }: Cover<Place>,
  gone: ReadonlySet<unknown>,
): boolean {
  const isOneOfMore = policy.sections[direction].specified.rules.some(
    (each) => each !== rule && each.action === rule.action && !gone.has(each),
  );
  return (
    isOneOfMore ||
    (!isCiliumKind(policy.entry as PolicyEntry) && by.some((each) => isolates(each.policy, direction)))
  );
}

function shadowOf({ parts, hasMore }: Whole, search: Search): ShadowedPolicy | undefined {
  const own = new Set(parts.map(({ policy }) => policy));
  const covers: Cover<Place>[] = [];
  const isolating: JudgedPolicy[] = [];
  for (const part of hasMore ? [] : parts) {
    const found = shadowOfPart(part, own, search);
    if (found === undefined) {
      return undefined;
    }
    appendAll(covers, found.covers);
    appendAll(isolating, found.isolating);
  }
  if (covers.length === 0) {
    return undefined;
  }
  const by = [...covers.flatMap((cover) => cover.by.map((place) => place.policy)), ...isolating];
  const entries = by.sort(comparePolicies).map(({ entry }) => entry as PolicyEntry);
  return {
    policy: parts[0]?.policy.entry as PolicyEntry,
    by: [...new Map([...entries].reverse().map((entry) => [entry.written, entry])).values()].reverse(),
    always: covers.every(({ always }) => always),
  };
}

interface PartShadow {
  readonly covers: readonly Cover<Place>[];
  readonly isolating: readonly JudgedPolicy[];
}

/** @param own the policies that stand in the same object */
function shadowOfPart(
  candidate: Candidate,
  own: ReadonlySet<JudgedPolicy>,
  search: Search,
): PartShadow | undefined {
  const { policy } = candidate;
  const { wider, gone } = search;
  const covers: Cover<Place>[] = [];
  const isolating: JudgedPolicy[] = [];
  const speaking = POLICY_TYPES.filter((direction) => !isSilent(policy.sections[direction].specified));
  for (const direction of speaking) {
    const section = policy.sections[direction].specified;
    if (!isAlike(policy, direction)) {
      return undefined;
    }
    const rules = section.rules.filter(saysSomething);
    const places =
      rules.length === 0
        ? []
        : take(placesIn(wider.of(candidate), direction, gone), LOOKED_AT, (place) => !own.has(place.policy));
    const found: Cover<Place>[] = [];
    for (const rule of rules) {
      const cover = coverFor({ policy, direction, rule }, places, search);
      if (cover === undefined) {
        return undefined;
      }
      found.push(cover);
    }
    appendAll(covers, found);
    const isIsolated =
      !section.isolates || found.some(({ by }) => by.some((each) => isolates(each.policy, direction)));
    if (!isIsolated) {
      const [other] = take(
        wider.of(candidate),
        1,
        (each) => !own.has(each) && !gone.has(each) && isAlike(each, direction) && isolates(each, direction),
      );
      if (other === undefined) {
        return undefined;
      }
      isolating.push(other);
    }
  }
  // What says nothing of pods may be about nodes.
  return speaking.length === 0 ? undefined : { covers, isolating };
}

/** What opens, or shuts, all that a rule does, for as long as it has to. */
function coverFor(place: Place, others: readonly Place[], search: Search): Cover<Place> | undefined {
  const { filters, holdsToday, today } = search;
  const cover = coverOf(place, others, today);
  if (cover === undefined || (!cover.always && !holdsToday(placeOf(place)))) {
    return undefined;
  }
  // A rule beside a filter may be why a proxy lets everything through; only one that says the same is that, too.
  const own = saidBy(place);
  return place.rule.action === 'deny' || !filters.mayFilter(own)
    ? cover
    : coverOf(
        place,
        others.filter((each) => ruleText(saidBy(each)) === ruleText(own)),
        today,
      );
}

function saidBy({ policy, direction, rule }: Place): SubjectRule {
  return subjectRule((policy.entry as PolicyEntry).rules.subject, direction, rule.says as TrafficRule);
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

/** Whether a rule is about anybody. */
const saysSomething = ({ peers }: JudgedRule) => peers?.length !== 0;

/** Whether a policy stands beside others of which none is asked first, so that it only adds to what they say. */
function isComparable({ entry, level, sections }: JudgedPolicy): boolean {
  return (
    entry !== undefined &&
    compareLevels(level, levelOf({})) === 0 &&
    POLICY_TYPES.every((direction) =>
      sections[direction].specified.rules.every(({ action }) => action !== 'pass'),
    )
  );
}

/** Whether the engine takes a policy as it is written; what it makes of others cannot be compared. */
function isAlike({ scope, inForce, sections }: JudgedPolicy, direction: PolicyType): boolean {
  return scope.by.length === 0 && inForce.by.length === 0 && sections[direction].by.length === 0;
}
