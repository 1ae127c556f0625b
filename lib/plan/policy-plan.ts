import { type NetworkPolicyEntry, qualifiedName } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import type { Problem } from '../model/problem';
import { storedSpec } from '../model/stored-spec';
import { type FieldChange, fieldChanges } from './field-changes';
import { isOwned } from './ownership';
import { type PolicyPair, pairsOf } from './policy-pairs';
import { withoutServerFields } from './server-fields';

/**
 * What a plan does with a policy.
 *
 * - `create`, `change`, `delete`
 * - `adopt`: its fields stay, and this package becomes one of its field managers
 * - `keep`: nothing
 */
export type PlannedAction = 'create' | 'change' | 'adopt' | 'delete' | 'keep';

export interface PlannedPolicy {
  readonly namespace: string;
  readonly name: string;
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
  return results.map(planned).sort(byQualifiedName);
}

function planned({ policy, there }: PolicyPair): PlannedPolicy {
  const { namespace, name } = policy;
  if (there === undefined) {
    return { namespace, name, action: 'create', fields: [] };
  }
  const fields = fieldChanges(comparable(there), comparable(policy));
  const action = fields.length > 0 ? 'change' : isOwned(there.written) ? 'keep' : 'adopt';
  return { namespace, name, action, fields };
}

function comparable({ written }: NetworkPolicyEntry): object {
  return { ...withoutServerFields({ ...written }), spec: storedSpec(written.spec) };
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
  policies: readonly NetworkPolicyEntry[],
  does: 'put' | 'delete',
): readonly NetworkPolicyEntry[] {
  const isLater = (entry: NetworkPolicyEntry) => Number(onlyDenies(entry) === (does === 'put'));
  return [...policies].sort((a, b) => isLater(a) - isLater(b) || byQualifiedName(a, b));
}

function onlyDenies({ rules: { ingress, egress } }: NetworkPolicyEntry): boolean {
  return ingress.rules.length === 0 && egress.rules.length === 0;
}

/** A version of an object; the API server refuses a change that names another version than it has. */
export interface ObjectVersion {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export function versionOf({ written }: NetworkPolicyEntry): ObjectVersion {
  const { uid, resourceVersion } = written.metadata as ObjectVersion;
  return defined({ uid, resourceVersion });
}

/** The names of policies that were created, changed or deleted between two readings of a cluster. */
export function changedSince(
  before: readonly NetworkPolicyEntry[],
  now: readonly NetworkPolicyEntry[],
): readonly string[] {
  const version = (entry: NetworkPolicyEntry) => JSON.stringify(versionOf(entry));
  const isOther = ({ policy, there }: PolicyPair) =>
    there === undefined || version(policy) !== version(there);
  const others = [...pairsOf(before, now), ...pairsOf(now, before)].filter(isOther);
  return [...new Set(others.map(({ policy }) => qualifiedName(policy)))].sort();
}

type Named = Pick<PlannedPolicy, 'namespace' | 'name'>;

export function byQualifiedName(a: Named, b: Named): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}
