import type { Construct } from 'constructs';
import { endpointSelector } from './cilium-endpoints';
import { CILIUM_POLICY_PROPS, CiliumPolicy, type CiliumPolicyProps } from './cilium-policy';
import type { NamespaceSelectorLike } from './namespace-selector';
import { checkProps } from './options';
import { namespacesFor } from './peer';
import type { PodSelectorLike } from './pod-selector';
import { selectedPods } from './policy-construct';

/** As for a `CiliumNetworkPolicy`, with namespaces instead of its own. */
export interface CiliumClusterwideNetworkPolicyProps extends CiliumPolicyProps {
  /**
   * The namespaces whose pods the policy selects.
   * @default the workload's, if `podSelector` is one; else every namespace, `kube-system` among them
   */
  readonly namespaces?: NamespaceSelectorLike;
  /**
   * The pods in them that the policy applies to.
   * @default every pod
   */
  readonly podSelector?: PodSelectorLike;
}

/**
 * A CiliumClusterwideNetworkPolicy: as a `CiliumNetworkPolicy`, for pods of any namespaces. It comes neither before nor after
 * the policies of namespaces: all add up, and what one of them denies stays denied.
 *
 * It has no namespace of its own, so peers name theirs: `Peer.otherNamespaces`, `Peer.of` or `Peer.service` with a namespace.
 * AKS takes no rules about HTTP in it.
 *
 * @see https://docs.cilium.io/en/v1.19/security/policy/; MicrosoftDocs/azure-aks-docs, articles/aks/
 *   container-network-security-l7-policy-concepts.md, read 2026-11-30
 */
export class CiliumClusterwideNetworkPolicy extends CiliumPolicy {
  /**
   * @throws NetworkPolicyError as `CiliumNetworkPolicy`; `no-own-namespace`; with the profile of a managed cluster
   *   `http-in-clusterwide-policy`
   */
  public constructor(scope: Construct, id: string, props: CiliumClusterwideNetworkPolicyProps = {}) {
    const at = `CiliumClusterwideNetworkPolicy ${scope.node.path}/${id}`;
    checkProps(props, [...CILIUM_POLICY_PROPS, 'namespaces', 'podSelector'], at);
    const podSelector = selectedPods(props.podSelector);
    const namespaces = namespacesFor(props.namespaces, podSelector, at);
    super(scope, id, props, podSelector, {
      kind: 'CiliumClusterwideNetworkPolicy',
      endpointSelector: endpointSelector(
        podSelector.toLabelSelector(),
        namespaces.toLabelSelector(),
        `${at} podSelector`,
      ),
    });
    // cdk8s gives every object the chart's namespace.
    Object.assign(this.metadata, { namespace: undefined });
  }
}
