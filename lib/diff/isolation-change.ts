import { isBlankSelector } from '../model/label-selector';
import { compare } from '../model/manifest-problem';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { Tristate } from '../reachability/bounds';
import type { JudgedPolicy } from '../reachability/policy';
import type { Reachability } from '../reachability/reachability';

/**
 * A namespace that has lost the last policy that denies by default in a direction, or has got a first one: from
 * then on pods that no other policy selects are open, or are shut, today's and those to come.
 */
export interface IsolationChange {
  readonly namespace: string;
  readonly direction: PolicyType;
  readonly change: 'lost' | 'gained';
}

/** Namespaces that surely have a default deny in one version and surely none in the other; sorted. */
export function isolationChanges(before: Reachability, after: Reachability): readonly IsolationChange[] {
  return POLICY_TYPES.flatMap((direction) => {
    const [was, is] = [defaultDenies(before, direction), defaultDenies(after, direction)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((namespace): IsolationChange[] => {
      const [then, now] = [stateOf(was, namespace), stateOf(is, namespace)];
      if (then === 'unknown' || now === 'unknown' || then === now) {
        return [];
      }
      return [{ namespace, direction, change: then === 'yes' ? 'lost' : 'gained' }];
    });
  }).sort((a, b) => compare(a.namespace, b.namespace) || compare(a.direction, b.direction));
}

/** The key of what may hold in every namespace. */
const EVERYWHERE = '';

function stateOf(states: ReadonlyMap<string, Tristate>, namespace: string): Tristate {
  return states.get(namespace) ?? states.get(EVERYWHERE) ?? 'no';
}

/** Whether a namespace denies by default; one that is missing does not. */
function defaultDenies({ judged }: Reachability, direction: PolicyType): ReadonlyMap<string, Tristate> {
  const states = new Map<string, Tristate>();
  for (const policy of judged.policies) {
    const state = isDefaultDeny(policy, direction);
    if (state !== 'no' && states.get(policy.namespace) !== 'yes') {
      states.set(policy.namespace, state);
    }
  }
  return states;
}

/** Whether a policy isolates every pod of its namespace, and does not let everybody in or out again. */
function isDefaultDeny({ entry, rules, inForce }: JudgedPolicy, direction: PolicyType): Tristate {
  if (entry === undefined) {
    return 'unknown';
  }
  const { actual } = rules[direction];
  const denies =
    isBlankSelector(entry.policy.spec?.podSelector ?? {}) &&
    actual !== undefined &&
    !actual.some(({ peers, ports }) => peers === undefined && ports === undefined);
  return denies ? inForce.actual : 'no';
}
