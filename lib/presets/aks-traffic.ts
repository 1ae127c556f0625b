import { AksClusterProfile } from '../aks/cluster-profile';
import type { AksIngressTraffic } from './aks-ingress-traffic';

/**
 * The traffic that pods on AKS need, as rules for `AksNetworkPolicy` and for `allow` of `NamespaceBaseline`. The rules
 * depend on the cluster's profile: its engine, versions, addresses and cloud. What a NetworkPolicy cannot express is
 * refused with an error that says what can. No rule allows more than it says.
 *
 * `to…` is traffic from a namespace's pods, `from…` traffic to them. A rule only allows its own side; if policies isolate
 * the other end too, it needs a rule of its own.
 */
export type AksTraffic = AksIngressTraffic;

export const AksTraffic = Object.freeze({
  /**
   * The traffic on a cluster.
   *
   * @param profile what is known of the cluster; the error of a call that needs another field names it
   * @throws NetworkPolicyError the codes of `AksClusterProfile.of`
   */
  on(profile: AksClusterProfile): AksTraffic {
    // Loaded on first use, because few apps need the facts about all these services.
    const traffic = require('./aks-ingress-traffic') as typeof import('./aks-ingress-traffic');
    return Object.freeze(new traffic.AksIngressTraffic(AksClusterProfile.of(profile)));
  },
});
