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
 * What is to become of a policy.
 *
 * - `create`, `change`, `delete`: as they say
 * - `adopt`: its fields stay, and the field manager of this package becomes one of its managers
 * - `keep`: nothing, it is so already
 */
export type PlannedAction = 'create' | 'change' | 'adopt' | 'delete' | 'keep';

/** One policy of a plan. */
export interface PlannedPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly action: PlannedAction;
  /** What differs, for `change`. */
  readonly fields: readonly FieldChange[];
}

/**
 * What has become of it.
 *
 * - `planned`: nothing yet
 * - `done`: the cluster has confirmed it; of `keep`, that there was nothing to do
 * - `refused`: the cluster has said no, and why
 * - `unanswered`: the cluster was asked and went away before it answered, so nobody knows
 * - `left`: the cluster was not asked
 */
export type PlanResult = 'planned' | 'done' | 'refused' | 'unanswered' | 'left';

/** One policy of a plan, and what has become of it. */
export interface ChangedPolicy extends PlannedPolicy {
  readonly result: PlanResult;
  /** Why the cluster refused. */
  readonly refusal?: Problem;
}

/**
 * What becomes of each policy.
 *
 * @param results as the cluster would store them, where what others manage stays, beside those that it has
 */
export function planPolicies(results: readonly PolicyPair[]): readonly PlannedPolicy[] {
  return results.map(planned).sort(byPlace);
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

/** Whether there is anything to do. */
export function isWork({ action }: PlannedPolicy): boolean {
  return action !== 'keep';
}

/**
 * The order in which policies are written: by name, but for those that allow nothing, which shut what others of the
 * same plan open. Written last and deleted first, they leave nothing shut half-way that is open before and after.
 */
export function inWritingOrder(
  policies: readonly NetworkPolicyEntry[],
  does: 'put' | 'delete',
): readonly NetworkPolicyEntry[] {
  const isLater = (entry: NetworkPolicyEntry) => Number(onlyDenies(entry) === (does === 'put'));
  return [...policies].sort((a, b) => isLater(a) - isLater(b) || byPlace(a, b));
}

function onlyDenies({ rules: { ingress, egress } }: NetworkPolicyEntry): boolean {
  return ingress.rules.length === 0 && egress.rules.length === 0;
}

/** Which writing of an object is meant; the API server refuses a change to another one. */
export interface ObjectVersion {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export function versionOf({ written }: NetworkPolicyEntry): ObjectVersion {
  const { uid, resourceVersion } = written.metadata as ObjectVersion;
  return defined({ uid, resourceVersion });
}

/** The policies that were written, created or deleted between two readings of a cluster, by name. */
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

interface Placed {
  readonly namespace: string;
  readonly name: string;
}

function byPlace(a: Placed, b: Placed): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}
