import { type NetworkPolicyEntry, qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';

/** A policy, and the one of its name among others. */
export interface PolicyPair<P = NetworkPolicyEntry> {
  readonly policy: P;
  /** Left out where there is none. */
  readonly there?: NetworkPolicyEntry;
}

/** Each policy beside the one of its name among others, in the order of the policies. */
export function pairsOf<P extends { readonly namespace: string; readonly name: string }>(
  policies: readonly P[],
  others: readonly NetworkPolicyEntry[],
): readonly PolicyPair<P>[] {
  const known = new Map(others.map((other) => [qualifiedName(other), other]));
  return policies.map((policy) => ({ policy, ...defined({ there: known.get(qualifiedName(policy)) }) }));
}
