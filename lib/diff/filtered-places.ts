import { canonicalText } from '../model/canonical-text';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import { compare, remember } from '../model/collections';
import { POLICY_TYPES } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { type FilteredRequest, sectionOf, type TrafficPort } from '../model/policy-rules';
import { isFiltering, mayMeet, ruleText, type SubjectRule, subjectRule } from '../model/subject-rule';
import type { Reachability } from '../reachability/reachability';
import { type JudgedPolicy, subjectOf } from '../reachability/reading/judged-policy';

/** Whom rules let through on which port: what all of them say of it together. */
export interface FilteredPlace {
  /** Their common text, without filters. */
  readonly text: string;
  readonly rule: SubjectRule;
  /** The policies that filter it: `CiliumNetworkPolicy shop/orders`. */
  readonly filteredBy: ReadonlySet<string>;
  /** Whether a rule lets everything through, so that no filter matters. */
  readonly isOpen: boolean;
  /** By their texts, as the next one. */
  readonly requests: ReadonlyMap<string, FilteredRequest>;
  readonly names: ReadonlyMap<string, string>;
}

interface MutablePlace extends FilteredPlace {
  isOpen: boolean;
  readonly filteredBy: Set<string>;
  readonly requests: Map<string, FilteredRequest>;
  readonly names: Map<string, string>;
}

/** Whether something is filtered anywhere; where nothing is, before and after, no request can pass otherwise. */
export function filtersAnything({ judged }: Reachability): boolean {
  return judged.policies.some(
    ({ entry, inForce }) => entry !== undefined && inForce.actual !== 'no' && hasFilter(entry),
  );
}

/** What the policies of a version let through where. */
export class FilteredPlaces {
  /** By their texts. */
  public readonly places: ReadonlyMap<string, FilteredPlace>;
  private readonly policies: readonly JudgedPolicy[];

  public constructor({ judged }: Reachability) {
    this.policies = judged.policies.filter(({ inForce }) => inForce.actual !== 'no');
    this.places = placesIn(this.policies.flatMap(({ entry }) => entry ?? []));
  }

  /** The texts of the other places that may be about the same connections as one, sorted. */
  public besideOf({ text, rule }: FilteredPlace): readonly string[] {
    return [...this.places.values()]
      .filter((each) => each.text !== text && mayMeet(each.rule, rule))
      .map((each) => each.text)
      .sort(compare);
  }

  /** `yes` or `no` where all, or none, of the pods of a place are isolated; else which policies may isolate some. */
  public isolationOf({ rule: { direction, subject } }: FilteredPlace): string {
    const isolating = new Set<string>();
    for (const policy of this.policies.filter(({ sections }) => sections[direction].actual.isolates)) {
      const about = subjectOf(policy);
      const set = about === undefined ? PodSet.ANY : PodSet.of(about);
      if (subject !== undefined && set !== undefined && !set.isApart(subject)) {
        if (policy.entry !== undefined && policy.inForce.actual === 'yes' && subject.isWithin(set)) {
          return 'yes';
        }
        isolating.add(`${policy.entry === undefined} ${set.key}`);
      }
    }
    return isolating.size === 0 ? 'no' : [...isolating].sort(compare).join('\n');
  }
}

/** What rules allow, port by port. */
function placesIn(entries: readonly PolicyEntry[]): ReadonlyMap<string, FilteredPlace> {
  const places = new Map<string, MutablePlace>();
  for (const { kind, rules, ...named } of entries) {
    const policy = `${kind} ${qualifiedName(named)}`;
    for (const direction of POLICY_TYPES) {
      for (const rule of sectionOf(rules, direction).rules.filter(({ action }) => action === 'allow')) {
        const { ports = [undefined], ...whom } = rule;
        for (const port of ports) {
          const { filter, ...bare } = port ?? {};
          const on = port === undefined ? {} : { ports: [bare as TrafficPort] };
          const placed = subjectRule(rules.subject, direction, { ...whom, ...on });
          const text = ruleText(placed);
          enter(
            remember(places, text, () => placeOf(text, placed)),
            policy,
            filter,
          );
        }
      }
    }
  }
  return places;
}

function placeOf(text: string, rule: SubjectRule): MutablePlace {
  return { text, rule, filteredBy: new Set(), isOpen: false, requests: new Map(), names: new Map() };
}

function enter(place: MutablePlace, policy: string, filter: TrafficPort['filter']): void {
  if (filter === undefined) {
    place.isOpen = true;
    return;
  }
  place.filteredBy.add(policy);
  if (filter.kind === 'http') {
    for (const request of filter.requests) {
      place.requests.set(canonicalText(request), request);
    }
  } else {
    for (const name of filter.names) {
      place.names.set(name, name);
    }
  }
}

function hasFilter({ rules: { ingress, egress } }: PolicyEntry): boolean {
  return [...ingress.rules, ...egress.rules].some(isFiltering);
}
