import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry, UnjudgedPolicy, Workload } from '../model/cluster';
import { defined } from '../model/defined';
import { type FieldPath, fieldIn, isSame } from '../model/field-path';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { PolicyRules, TrafficRule } from '../model/policy-rules';
import { isPlainObject } from '../model/problem';
import { unjudgedKey } from '../model/unjudged-policy';
import { about, type LintContext, oncePerContext } from './context';
import type { GroupReach } from './group-reach';
import type { LintRule, PolicyObservation } from './lint-rule';

/** Policies of Cilium's own kinds as they are written, whether or not they could be read. */

export type Fields = Readonly<Record<string, unknown>>;

/** A part of an object: its fields, and where it stands. */
export interface Part {
  readonly at: FieldPath;
  readonly fields: Fields;
}

/** What a policy says: its `spec`, or an element of `specs`. */
export interface CiliumSpec extends Part {
  readonly policy: UnjudgedPolicy & Required<Pick<UnjudgedPolicy, 'name'>>;
  /** The same as it is judged; left out where it is not. */
  readonly judged?: PolicyEntry;
}

/** A rule of one of the four sections. */
export interface CiliumRule extends Part {
  readonly direction: PolicyType;
  readonly action: TrafficRule['action'];
}

/** Every spec of every such policy that is not known to do nothing at all. */
export const ciliumSpecs = oncePerContext((context: LintContext): readonly CiliumSpec[] => {
  const { cluster, policies, reachability } = context;
  const idle = new Set(reachability.notJudged.filter(({ effect }) => effect === 'none').map(unjudgedKey));
  const judged = new Map<PolicyRules, PolicyEntry>(policies.map((entry) => [entry.rules, entry]));
  return (cluster.unjudged ?? []).flatMap((policy) => {
    const { name, written, says = [] } = policy;
    if (
      name === undefined ||
      written === undefined ||
      !isCiliumKind(policy) ||
      idle.has(unjudgedKey(policy))
    ) {
      return [];
    }
    const { spec, specs } = written as { readonly spec?: unknown; readonly specs?: unknown };
    return [
      ...(isPlainObject(spec) ? [{ at: ['spec'], fields: spec }] : []),
      ...partsIn(specs, ['specs']),
    ].map((part): CiliumSpec => {
      const rules = says.find(({ at }) => isSame(at, part.at));
      return { ...part, policy: { ...policy, name }, ...defined({ judged: rules && judged.get(rules) }) };
    });
  });
});

/** The check of a rule about what is written in policies of Cilium's own kinds. */
export function eachCiliumSpec(
  judge: (spec: CiliumSpec, context: LintContext) => Iterable<PolicyObservation>,
): LintRule['check'] {
  return function* (context) {
    for (const spec of ciliumSpecs(context)) {
      for (const observation of judge(spec, context)) {
        yield { ...about(spec.policy), ...observation };
      }
    }
  };
}

/**
 * The workloads of a spec of which something holds; empty where nobody knows any of its pods. Undefined where it holds of
 * none of them, or where its pods may be among what could not be read.
 */
export function concerned(
  { judged }: CiliumSpec,
  direction: PolicyType,
  { facts, cluster }: LintContext,
  holds: (reach: GroupReach) => boolean,
): readonly Workload[] | undefined {
  const held = judged === undefined ? facts.setOf([]) : facts.held(judged);
  if (held.isEmpty) {
    return cluster.unreadable.length === 0 ? [] : undefined;
  }
  const found = facts
    .reachesOf(direction, held)
    .filter(holds)
    .flatMap(({ workloads }) => workloads);
  return found.length === 0 ? undefined : found;
}

/** The name of a section. */
export function sectionKey(direction: PolicyType, action: TrafficRule['action'] = 'allow'): string {
  return `${direction.toLowerCase()}${action === 'deny' ? 'Deny' : ''}`;
}

/** The rules of a section. */
export function rulesIn(
  { at, fields }: Part,
  direction: PolicyType,
  action: TrafficRule['action'],
): readonly CiliumRule[] {
  const key = sectionKey(direction, action);
  return partsIn(fields[key], fieldIn(at, key)).map((rule) => ({ ...rule, direction, action }));
}

/** The rules of all sections. */
export function allRulesIn(spec: Part): readonly CiliumRule[] {
  return POLICY_TYPES.flatMap((direction) => [
    ...rulesIn(spec, direction, 'allow'),
    ...rulesIn(spec, direction, 'deny'),
  ]);
}

/** The objects of a list that is a field. */
export function partsUnder({ at, fields }: Part, key: string): readonly Part[] {
  return partsIn(fields[key], fieldIn(at, key));
}

/** An object that is a field. */
export function partOf({ at, fields }: Part, key: string): Part | undefined {
  const { [key]: value } = fields;
  return isPlainObject(value) ? { at: fieldIn(at, key), fields: value } : undefined;
}

/** Whether a value is a list with something in it. */
export function hasEntries(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** A list of `rules` in `toPorts`: what a proxy lets through. */
export interface WrittenFilter {
  /** `http`, `dns`, `kafka`, `l7` */
  readonly kind: string;
  readonly list: readonly unknown[];
  readonly at: FieldPath;
}

/** The lists that have something in them. */
export function filtersIn(rule: CiliumRule): readonly WrittenFilter[] {
  // Those of a denial are left out without a word.
  return rule.action === 'deny'
    ? []
    : partsUnder(rule, 'toPorts').flatMap((entry) => {
        const rules = partOf(entry, 'rules');
        return Object.entries(rules?.fields ?? {}).flatMap(([kind, list]) =>
          rules !== undefined && hasEntries(list) ? [{ kind, list, at: fieldIn(rules.at, kind) }] : [],
        );
      });
}

/** The objects of a list. */
export function partsIn(value: unknown, at: FieldPath): readonly Part[] {
  return Array.isArray(value)
    ? value.flatMap((fields, i) => (isPlainObject(fields) ? [{ at: fieldIn(at, i), fields }] : []))
    : [];
}
