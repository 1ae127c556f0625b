import type { AksClusterProfile } from '../aks/cluster-profile';
import { ENGINES, isCiliumEngine } from '../aks/engines';
import { inside, placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { hostNamesIn } from './cilium-names';
import type { Rule } from './rule';

/** @throws NetworkPolicyError `cilium-not-the-engine` */
export function refuseEngine({ engine }: AksClusterProfile, at: Spot): void {
  if (engine !== undefined && !isCiliumEngine(engine)) {
    throw new NetworkPolicyError({
      code: 'cilium-not-the-engine',
      at: placeOf(at),
      got: show(engine),
      problem: `${engine === 'none' ? 'a cluster without an engine' : ENGINES[engine].label} does not enforce Cilium's own policies`,
      fix: 'write an AksNetworkPolicy, or give the profile of a cluster with the engine cilium',
    });
  }
}

/**
 * Refuses what a cluster with this profile does not take. A Cilium of one's own takes all of it.
 *
 * @throws NetworkPolicyError `acns-policies-off`, `http-in-clusterwide-policy`
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/container-network-security-fqdn-filtering-concepts.md and
 *   container-network-security-l7-policy-concepts.md, read 2026-11-30
 */
export function refuseOnAks(
  rule: Rule,
  { engine, acns }: AksClusterProfile,
  isClusterwide: boolean,
  at: Spot,
): void {
  if (engine === 'byo-cilium') {
    return;
  }
  const [name] = hostNamesIn(rule);
  if (name !== undefined && acns === 'None') {
    throw policiesOff('host names', 'FQDN', inside(at, 'to'), show(name));
  }
  if (rule.http === undefined) {
    return;
  }
  if (acns === 'None' || acns === 'FQDN') {
    throw policiesOff('requests of HTTP', 'L7', inside(at, 'http'), `acns: ${acns}`);
  }
  if (isClusterwide) {
    throw new NetworkPolicyError({
      code: 'http-in-clusterwide-policy',
      at: placeOf(at, 'http'),
      got: show(rule.http),
      problem: 'AKS takes no rules about HTTP in a CiliumClusterwideNetworkPolicy',
      fix: 'write a CiliumNetworkPolicy in each namespace',
    });
  }
}

function policiesOff(what: string, mode: 'FQDN' | 'L7', at: Spot, got: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'acns-policies-off',
    at: placeOf(at),
    got,
    problem: `rules about ${what} need Advanced Container Networking Services in the mode ${mode}; without it the cluster refuses or blocks them`,
    fix: `run az aks update --enable-acns --acns-advanced-networkpolicies ${mode}, and write acns: '${mode}' in the profile`,
  });
}
