import { placeOf, type Spot } from '../model/place';
import { NetworkPolicyError } from '../model/problem';

/**
 * The error for what a NetworkPolicy cannot say and Cilium's own policies can.
 *
 * @param what it cannot name, as in "a NetworkPolicy cannot name host names"
 */
export function needsCilium(what: string, at: Spot, got: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'cilium-policy-needed',
    at: placeOf(at),
    got,
    problem: `a NetworkPolicy cannot name ${what}`,
    fix: 'write the rule into a CiliumNetworkPolicy or a CiliumClusterwideNetworkPolicy, which the engine cilium enforces',
  });
}
