import { type NetworkPolicyEntry, qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';

/** A policy, and the other policy with its name. */
export interface PolicyPair<P = NetworkPolicyEntry> {
  readonly policy: P;
  /** Left out if there is none. */
  readonly there?: NetworkPolicyEntry;
}

/** Each policy with the one of the others that has its name, in the order of the policies. */
export function pairsOf<P extends { readonly namespace: string; readonly name: string }>(
  policies: readonly P[],
  others: readonly NetworkPolicyEntry[],
): readonly PolicyPair<P>[] {
  const known = new Map(others.map((other) => [qualifiedName(other), other]));
  return policies.map((policy) => ({ policy, ...defined({ there: known.get(qualifiedName(policy)) }) }));
}
