import { defined } from '../model/defined';
import { type ManagedPolicy, type PolicyIdentity, policyName } from './any-policy';

/** A policy, and the other policy with its kind and name. */
export interface PolicyPair<P = ManagedPolicy> {
  readonly policy: P;
  /** Left out if there is none. */
  readonly there?: ManagedPolicy;
}

/** Each policy with the one of the others that has its kind and name, in the order of the policies. */
export function pairsOf<P extends PolicyIdentity>(
  policies: readonly P[],
  others: readonly ManagedPolicy[],
): readonly PolicyPair<P>[] {
  const known = new Map(others.map((other) => [policyName(other), other]));
  return policies.map((policy) => ({ policy, ...defined({ there: known.get(policyName(policy)) }) }));
}
