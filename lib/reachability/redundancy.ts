import { append } from '../model/append';
import type { PolicyEntry } from '../model/cluster';
import type { LabelSelectorRequirement } from '../model/label-selector';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { remember } from '../model/remember';
import { impliesAll, requirementsOf } from '../model/selector-match';
import { type Cover, coverOf } from './cover';
import { comparePolicies, type JudgedPolicy, type JudgedRule } from './policy';

/** One rule of a policy, by its place. */
export interface RulePlace {
  readonly policy: PolicyEntry;
  readonly direction: PolicyType;
  readonly rule: number;
}

/** A rule that opens nothing which others do not open for the same pods. */
export interface RedundantRule extends RulePlace {
  readonly by: readonly RulePlace[];
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

interface Place {
  readonly policy: JudgedPolicy;
  readonly direction: PolicyType;
  readonly rule: JudgedRule;
}

/** Beyond so many rules that concern the same pods, the rest is not looked at. */
const LOOKED_AT = 200;

/**
 * Finds what is redundant, from the last name to the first, so that of two equals the later one is named. Only
 * policies whose selector is the same or wider count as cover: for them it holds for pods to come as well.
 */
export function findRedundancies(judged: readonly JudgedPolicy[]): Redundancies {
  const policies = judged.filter(({ entry }) => entry !== undefined).sort(comparePolicies);
  const wider = new WiderPolicies(policies);
  const gone = new Set<JudgedPolicy | JudgedRule>();
  const shadowed: ShadowedPolicy[] = [];
  const redundant: RedundantRule[] = [];
  const backwards = [...policies].reverse();
  for (const policy of backwards) {
    const found = shadowOf(policy, wider.of(policy), gone);
    if (found !== undefined) {
      gone.add(policy);
      shadowed.push(found);
    }
  }
  for (const policy of backwards.filter((each) => !gone.has(each))) {
    for (const direction of POLICY_TYPES) {
      const rules = policy.rules[direction].specified ?? [];
      for (const rule of [...rules].reverse()) {
        const others = placesIn(wider.of(policy), direction, gone).filter((each) => each.rule !== rule);
        const cover = isAlike(policy, direction) ? coverOf(rule, others.slice(0, LOOKED_AT)) : undefined;
        if (cover !== undefined) {
          gone.add(rule);
          redundant.push({
            ...placeOf({ policy, direction, rule }),
            by: cover.by.map(placeOf),
            always: cover.always,
          });
        }
      }
    }
  }
  return { policies: shadowed.reverse(), rules: redundant.reverse() };
}

function shadowOf(
  policy: JudgedPolicy,
  wider: readonly JudgedPolicy[],
  gone: ReadonlySet<unknown>,
): ShadowedPolicy | undefined {
  const covers: Cover<Place>[] = [];
  const isolating = new Set<JudgedPolicy>();
  for (const direction of POLICY_TYPES) {
    const rules = policy.rules[direction].specified;
    if (rules === undefined) {
      continue;
    }
    const others = wider.filter((each) => each !== policy && !gone.has(each) && isolates(each, direction));
    if (!isAlike(policy, direction) || others[0] === undefined) {
      return undefined;
    }
    if (rules.length === 0) {
      isolating.add(others[0]);
    }
    const places = placesIn(others, direction, gone).slice(0, LOOKED_AT);
    for (const rule of rules) {
      const cover = coverOf(rule, places);
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

function placesIn(
  policies: readonly JudgedPolicy[],
  direction: PolicyType,
  gone: ReadonlySet<unknown>,
): Place[] {
  return policies
    .filter((policy) => !gone.has(policy) && isolates(policy, direction) && isAlike(policy, direction))
    .flatMap((policy) =>
      (policy.rules[direction].specified ?? [])
        .filter((rule) => !gone.has(rule))
        .map((rule) => ({ policy, direction, rule })),
    );
}

function placeOf({ policy, direction, rule }: Place): RulePlace {
  return { policy: policy.entry as PolicyEntry, direction, rule: rule.index };
}

const isolates = (policy: JudgedPolicy, direction: PolicyType) =>
  policy.rules[direction].specified !== undefined;

/** Whether the engine takes a policy as it is written; what it makes of others cannot be compared. */
function isAlike({ scope, inForce, rules }: JudgedPolicy, direction: PolicyType): boolean {
  return scope.by.length === 0 && inForce.by.length === 0 && rules[direction].by.length === 0;
}

/** Finds the policies of the same namespace with the same or a wider selector; each policy is one of its own. */
class WiderPolicies {
  private readonly requirements: ReadonlyMap<JudgedPolicy, readonly LabelSelectorRequirement[]>;
  private readonly byKey = new Map<string, JudgedPolicy[]>();
  private readonly known = new Map<JudgedPolicy, readonly JudgedPolicy[]>();

  public constructor(policies: readonly JudgedPolicy[]) {
    this.requirements = new Map(
      policies.map((policy) => [policy, requirementsOf(policy.entry?.policy.spec?.podSelector ?? {})]),
    );
    for (const policy of policies) {
      const [first] = this.requirementsOf(policy);
      // A wider selector's first requirement speaks of a key, and of a value, that the narrower one speaks of.
      const keys =
        first === undefined
          ? ['']
          : first.operator === 'In'
            ? new Set((first.values ?? []).map((value) => `${first.key}=${value}`))
            : [first.key];
      for (const key of keys) {
        append(this.byKey, `${policy.namespace} ${key}`, policy);
      }
    }
  }

  public of(policy: JudgedPolicy): readonly JudgedPolicy[] {
    return remember(this.known, policy, () => {
      const { namespace } = policy;
      const narrow = this.requirementsOf(policy);
      const keys = narrow.flatMap(({ key, values = [] }) => [key, `${key}=${values[0]}`]);
      const found = new Set(['', ...keys].flatMap((key) => this.byKey.get(`${namespace} ${key}`) ?? []));
      return [...found].filter((each) => impliesAll(narrow, this.requirementsOf(each))).sort(comparePolicies);
    });
  }

  private requirementsOf(policy: JudgedPolicy): readonly LabelSelectorRequirement[] {
    return this.requirements.get(policy) ?? [];
  }
}
