import { defined } from '../model/defined';
import type { Problem } from '../model/problem';
import {
  byPolicyName,
  identityOf,
  type ManagedPolicy,
  type PolicyIdentity,
  policyName,
  rulesSaidBy,
} from './any-policy';
import { type FieldChange, fieldChanges } from './field-changes';
import { isOwned } from './ownership';
import { type PolicyPair, pairsOf } from './policy-pairs';
import { withoutServerFields } from './server-fields';
import { storedFields } from './stored-policy';

/**
 * What a plan does with a policy.
 *
 * - `create`, `change`, `delete`
 * - `adopt`: its fields stay, and this package becomes one of its field managers
 * - `keep`: nothing
 */
export type PlannedAction = 'create' | 'change' | 'adopt' | 'delete' | 'keep';

export interface PlannedPolicy extends PolicyIdentity {
  readonly action: PlannedAction;
  /** For `change`: the fields that differ. */
  readonly fields: readonly FieldChange[];
}

/**
 * The result of a planned action.
 *
 * - `planned`: not done yet
 * - `done`: the cluster has confirmed it; for `keep` there was nothing to do
 * - `refused`: the cluster has refused it
 * - `unanswered`: the cluster was asked and did not answer, so the result is not known
 * - `left`: the cluster was not asked
 */
export type PlanResult = 'planned' | 'done' | 'refused' | 'unanswered' | 'left';

/** One policy of a plan, with the result. */
export interface ChangedPolicy extends PlannedPolicy {
  readonly result: PlanResult;
  readonly refusal?: Problem;
}

/**
 * The action for each policy.
 *
 * @param results the policies as the cluster would store them, including what others manage in them; each with the
 *   policy of its name that the cluster has
 */
export function planPolicies(results: readonly PolicyPair[]): readonly PlannedPolicy[] {
  return results.map(planned).sort(byPolicyName);
}

function planned({ policy, there }: PolicyPair): PlannedPolicy {
  if (there === undefined) {
    return { ...identityOf(policy), action: 'create', fields: [] };
  }
  const fields = fieldChanges(comparable(there), comparable(policy));
  const action = fields.length > 0 ? 'change' : isOwned(there.written) ? 'keep' : 'adopt';
  return { ...identityOf(policy), action, fields };
}

function comparable(policy: ManagedPolicy): object {
  return { ...withoutServerFields({ ...policy.written }), ...storedFields(policy) };
}

/** Whether a policy has to be written or deleted. */
export function isWork({ action }: PlannedPolicy): boolean {
  return action !== 'keep';
}

/**
 * The order in which policies are written: by name, but policies that allow nothing are written last and deleted first.
 * So no traffic is denied half-way that is allowed before and after.
 */
export function inWritingOrder(
  policies: readonly ManagedPolicy[],
  does: 'put' | 'delete',
): readonly ManagedPolicy[] {
  const isLater = (entry: ManagedPolicy) => Number(onlyDenies(entry) === (does === 'put'));
  return [...policies].sort((a, b) => isLater(a) - isLater(b) || byPolicyName(a, b));
}

function onlyDenies(policy: ManagedPolicy): boolean {
  return (
    rulesSaidBy(policy)?.every(({ ingress, egress }) =>
      [...ingress.rules, ...egress.rules].every(({ action }) => action === 'deny'),
    ) === true
  );
}

/** A version of an object; the API server refuses a change that names another version than it has. */
export interface ObjectVersion {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export function versionOf({ written }: ManagedPolicy): ObjectVersion {
  const { uid, resourceVersion } = written.metadata as ObjectVersion;
  return defined({ uid, resourceVersion });
}

/** The names of policies that were created, changed or deleted between two readings of a cluster. */
export function changedSince(
  before: readonly ManagedPolicy[],
  now: readonly ManagedPolicy[],
): readonly string[] {
  const version = (entry: ManagedPolicy) => JSON.stringify(versionOf(entry));
  const isOther = ({ policy, there }: PolicyPair) =>
    there === undefined || version(policy) !== version(there);
  const others = [...pairsOf(before, now), ...pairsOf(now, before)].filter(isOther);
  return [...new Set(others.map(({ policy }) => policyName(policy)))].sort();
}
