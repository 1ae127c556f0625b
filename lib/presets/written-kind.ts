import type { Construct } from 'constructs';
import type { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import type { Place } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { AksNetworkPolicy, type AksNetworkPolicyProps } from '../policy/aks-network-policy';
import { CiliumNetworkPolicy } from '../policy/cilium-network-policy';

/** The kinds of policies of a namespace that presets can write. */
export type NamespacedPolicyKind = 'NetworkPolicy' | 'CiliumNetworkPolicy';

const KINDS: readonly NamespacedPolicyKind[] = ['NetworkPolicy', 'CiliumNetworkPolicy'];

/** @throws NetworkPolicyError `value-unknown` */
export function checkWrittenKind(kind: NamespacedPolicyKind, at: Place): void {
  if (!KINDS.includes(kind)) {
    throw new NetworkPolicyError({
      code: 'value-unknown',
      at,
      got: show(kind),
      problem: 'presets write no policies of such a kind',
      fix: `write ${KINDS.join(' or ')}`,
    });
  }
}

/** @param profile of the cluster, which matters to a CiliumNetworkPolicy */
export function policyOfKind(
  kind: NamespacedPolicyKind,
  scope: Construct,
  id: string,
  props: AksNetworkPolicyProps,
  profile: AksClusterProfile | undefined,
): AksNetworkPolicy | CiliumNetworkPolicy {
  return kind === 'NetworkPolicy'
    ? new AksNetworkPolicy(scope, id, props)
    : new CiliumNetworkPolicy(scope, id, { ...props, ...defined({ profile }) });
}
