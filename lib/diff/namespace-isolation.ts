import type { Cluster, Unreadable } from '../model/cluster';
import { compare } from '../model/collections';
import { isBlankSelector } from '../model/label-selector';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import type { PodSelection } from '../model/policy-rules';
import { meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import { allOf, type Tristate } from '../model/tristate';
import type { Reachability } from '../reachability/reachability';
import type { JudgedPolicy } from '../reachability/reading/judged-policy';

/**
 * A namespace that lost its last policy that denies by default in a direction, or got its first one: pods that no
 * other policy selects, of today or later, are then open, or shut.
 */
export interface IsolationChange {
  readonly namespace: string;
  readonly direction: PolicyType;
  readonly change: 'lost' | 'gained';
}

/** The namespaces that surely have a default deny in one version and surely none in the other; sorted. */
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

/** The default denies of one version and direction. */
interface Denials {
  /** Whether a namespace denies by default; left out if no policy for it may do so. */
  readonly states: ReadonlyMap<string, Tristate>;
  /** Unreadable objects that may be policies of any namespace, except some. */
  readonly anywhere: readonly Unreadable[];
}

function stateOf({ states, anywhere }: Denials, namespace: string): Tristate {
  const isHidden = anywhere.some(({ except = [] }) => !except.includes(namespace));
  return states.get(namespace) ?? (isHidden ? 'unknown' : 'no');
}

function defaultDenies({ judged }: Reachability, direction: PolicyType): Denials {
  const states = new Map<string, Tristate>();
  const anywhere: Unreadable[] = [];
  const note = (place: string, state: Tristate) => {
    if (state !== 'no' && states.get(place) !== 'yes') {
      states.set(place, state);
    }
  };
  for (const policy of judged.policies) {
    const { entry, unreadable, unjudged, inForce, sections } = policy;
    if (unreadable !== undefined) {
      if (unreadable.namespace === undefined) {
        anywhere.push(unreadable);
      } else {
        note(unreadable.namespace, 'unknown');
      }
    } else if (unjudged !== undefined) {
      const mayDeny = inForce.actual !== 'no' && sections[direction].actual.isolates;
      if (mayDeny && isBlankSelector(unjudged.subject.pods)) {
        for (const [place] of placesOf(unjudged.subject, judged.cluster)) {
          note(place, 'unknown');
        }
      }
    } else if (entry !== undefined) {
      const { subject } = entry.rules;
      const state = isDefaultDeny(policy, subject, direction);
      for (const [place, isMeant] of state === 'no' ? [] : placesOf(subject, judged.cluster)) {
        note(place, allOf([state, isMeant]));
      }
    }
  }
  return { states, anywhere };
}

/** The namespaces that a policy may be about. */
function placesOf({ namespaces }: PodSelection, cluster: Cluster): (readonly [string, Tristate])[] {
  if (typeof namespaces === 'string') {
    return [[namespaces, 'yes']];
  }
  const requirements = requirementsOf(namespaces);
  return cluster.namespaces.map((each) => [each.name, meetsAllInNamespace(requirements, each)]);
}

/** Whether a policy isolates every pod of its namespaces, without a rule that opens everything again. */
function isDefaultDeny(
  { sections, inForce }: JudgedPolicy,
  { pods }: PodSelection,
  direction: PolicyType,
): Tristate {
  const { isolates, rules } = sections[direction].actual;
  const isOpen = rules.some(
    ({ action, peers, ports }) => action === 'allow' && peers === undefined && ports === undefined,
  );
  return isBlankSelector(pods) && isolates && !isOpen ? inForce.actual : 'no';
}
