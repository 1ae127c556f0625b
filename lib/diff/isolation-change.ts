import type { Unreadable } from '../model/cluster';
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
    const namespaces = new Set([...was.states.keys(), ...is.states.keys()]);
    return [...namespaces].flatMap((namespace): IsolationChange[] => {
      const [then, now] = [stateOf(was, namespace), stateOf(is, namespace)];
      if (then === 'unknown' || now === 'unknown' || then === now) {
        return [];
      }
      return [{ namespace, direction, change: then === 'yes' ? 'lost' : 'gained' }];
    });
  }).sort((a, b) => compare(a.namespace, b.namespace) || compare(a.direction, b.direction));
}

/** What is known of default denies in one version. */
interface Denials {
  /** Whether a namespace denies by default; left out where no policy of its own says so. */
  readonly states: ReadonlyMap<string, Tristate>;
  /** What may be a policy of any namespace but some. */
  readonly anywhere: readonly Unreadable[];
}

function stateOf({ states, anywhere }: Denials, namespace: string): Tristate {
  const isHidden = anywhere.some(({ except = [] }) => !except.includes(namespace));
  return states.get(namespace) ?? (isHidden ? 'unknown' : 'no');
}

function defaultDenies({ judged }: Reachability, direction: PolicyType): Denials {
  const states = new Map<string, Tristate>();
  const anywhere: Unreadable[] = [];
  for (const policy of judged.policies) {
    const { namespace, unreadable } = policy;
    const state = isDefaultDeny(policy, direction);
    if (unreadable !== undefined && unreadable.namespace === undefined) {
      anywhere.push(unreadable);
    } else if (state !== 'no' && states.get(namespace) !== 'yes') {
      states.set(namespace, state);
    }
  }
  return { states, anywhere };
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
