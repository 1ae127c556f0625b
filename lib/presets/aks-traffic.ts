import { AksClusterProfile } from '../aks/cluster-profile';
import type { AksIngressTraffic } from './aks-ingress-traffic';

/**
 * The traffic that pods on AKS need, as rules for `AksNetworkPolicy` and for `NamespaceBaseline`'s `allow`. They
 * follow the cluster's profile: its engine, versions, addresses and cloud. What no NetworkPolicy can express is
 * refused with an error that names what can, and nothing is opened wider than it says.
 *
 * `to…` is traffic that a namespace's pods open, `from…` traffic that reaches them. A rule opens its own side
 * only; where the other end is in a namespace with policies too, it needs its own.
 */
export type AksTraffic = AksIngressTraffic;

export const AksTraffic = Object.freeze({
  /**
   * The traffic on a cluster.
   *
   * @param profile what is known of the cluster; a call that needs a field it lacks names the field
   * @throws NetworkPolicyError what `AksClusterProfile.of` refuses
   */
  on(profile: AksClusterProfile): AksTraffic {
    // Facts of many services, which an app without this has no need to load.
    const traffic = require('./aks-ingress-traffic') as typeof import('./aks-ingress-traffic');
    return Object.freeze(new traffic.AksIngressTraffic(AksClusterProfile.of(profile)));
  },
});
