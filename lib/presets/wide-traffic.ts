import type { AksClusterProfile } from '../aks/cluster-profile';
import { exceptInsideCluster, IMDS } from '../aks/fixed-addresses';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { NamespaceSelector } from '../policy/namespace-selector';
import { Peer } from '../policy/peer';
import { known } from './traffic-rules';

const EVERYWHERE = '0.0.0.0/0';

/**
 * Every IPv4 address outside the cluster: without pods and nodes, link-local addresses, and the wireserver.
 *
 * @throws NetworkPolicyError `profile-field-missing`
 */
export function outsideCluster(profile: AksClusterProfile, at: string): Peer {
  const ranges = (['podCidrs', 'nodeCidrs'] as const).flatMap((field) =>
    // On Cilium an IP block never matches a pod or a node, so they need not be excluded.
    profile.engine === 'cilium'
      ? []
      : known(
          profile,
          field,
          at,
          `which addresses ${field === 'podCidrs' ? 'pods' : 'nodes'} have, and an IP block matches them,`,
          `write ${field} in the profile; [] if they are among the others`,
        ),
  );
  return Peer.ipBlock(EVERYWHERE, { except: exceptInsideCluster(ranges) });
}

/** Every IPv4 address and every pod, except IMDS. */
export function anywhereButImds(): Peer[] {
  return [
    Peer.ipBlock(EVERYWHERE, { except: [IMDS.cidr] }),
    // Needed for Cilium, where the IP block matches no pod. Every namespace has the name label, the own one included.
    Peer.otherNamespaces({
      namespaces: NamespaceSelector.matching([{ key: NAMESPACE_NAME_LABEL, operator: 'Exists' }]),
    }),
  ];
}
