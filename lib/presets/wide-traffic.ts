import type { AksClusterProfile } from '../aks/cluster-profile';
import { exceptInsideCluster, IMDS } from '../aks/fixed-addresses';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { NamespaceSelector } from '../policy/namespace-selector';
import { Peer } from '../policy/peer';
import { known } from './traffic-rules';

const EVERYWHERE = '0.0.0.0/0';

/**
 * Every IPv4 address outside the cluster: without its pods and nodes, what never leaves a machine, and the
 * wireserver.
 *
 * @throws NetworkPolicyError `profile-field-missing`
 */
export function outsideCluster(profile: AksClusterProfile, at: string): Peer {
  const ranges = (['podCidrs', 'nodeCidrs'] as const).flatMap((field) =>
    // On Cilium an IP block never matches a pod or a node, so there is nothing to leave out.
    profile.engine === 'cilium'
      ? []
      : known(
          profile,
          field,
          at,
          `which addresses ${field === 'podCidrs' ? 'pods' : 'nodes'} have, and an IP block matches them,`,
          `write ${field} in the profile; [] says that they are among the others`,
        ),
  );
  return Peer.ipBlock(EVERYWHERE, { except: exceptInsideCluster(ranges) });
}

/** Every IPv4 address and every pod, but not IMDS. */
export function anywhereButImds(): Peer[] {
  return [
    Peer.ipBlock(EVERYWHERE, { except: [IMDS.cidr] }),
    // Pods a second time, for Cilium. Every namespace has the name label, and the own one is meant too.
    Peer.otherNamespaces({
      namespaces: NamespaceSelector.matching([{ key: NAMESPACE_NAME_LABEL, operator: 'Exists' }]),
    }),
  ];
}
