import type { Construct } from 'constructs';
import { endpointSelector } from './cilium-endpoints';
import { CILIUM_POLICY_PROPS, CiliumPolicy, type CiliumPolicyProps } from './cilium-policy';
import { checkProps } from './options';
import type { PodSelectorLike } from './pod-selector';
import { homeOf, selectedPods } from './policy-construct';

/** As for `AksNetworkPolicy`, with what Cilium has besides. */
export interface CiliumNetworkPolicyProps extends CiliumPolicyProps {
  /**
   * The namespace whose pods the policy selects.
   * @default the workload's, if `podSelector` is one; else the chart's; else `default`
   */
  readonly namespace?: string;
  /**
   * The pods that the policy applies to.
   * @default every pod of the namespace
   */
  readonly podSelector?: PodSelectorLike;
}

/**
 * A CiliumNetworkPolicy, composed of the same rules as an `AksNetworkPolicy`, and of what a NetworkPolicy cannot say:
 * `IngressRule.deny` and `EgressRule.deny`, `Peer.hostName`, `Peer.entity`, `Peer.service`, `Port.icmp`, and `http` of a rule.
 * Only the engine cilium enforces it.
 *
 * It adds up with NetworkPolicies of the same pods as these do among themselves, except that what a rule denies stays denied
 * whatever others allow. The keys and sources of labels, and the namespaces that Cilium would add or leave out, are written by
 * the construct, so a peer means here what it means in an `AksNetworkPolicy`. An IP block never matches pods and nodes, as on
 * the engine cilium for any kind of policy.
 *
 * Rules with host names bring the rule that lets pods ask the name servers of the cluster for exactly these names, in the same
 * policy, over UDP and TCP. It isolates like any other: pods may then ask for other names only where a rule allows it, such as
 * `AksTraffic.toDns`. An image with musl also asks with the search domains of the cluster added, which needs names of their
 * own. From which version of AKS on names match where pods ask LocalDNS is not known.
 *
 * @see https://docs.cilium.io/en/v1.19/security/policy/; cilium v1.19.5, pkg/policy;
 *   MicrosoftDocs/azure-aks-docs, articles/aks/container-network-security-fqdn-filtering-concepts.md, read 2026-11-30
 */
export class CiliumNetworkPolicy extends CiliumPolicy {
  /** The namespace of the policy. */
  public readonly namespace: string;

  /**
   * @throws NetworkPolicyError as `AksNetworkPolicy`; `policy-type-unknown`, `direction-left-open`, `ports-too-many`,
   *   `label-key-reserved`; with a profile its own codes, `cilium-not-the-engine`, `acns-policies-off` and, for host names,
   *   `profile-field-missing` (`localDns`)
   */
  public constructor(scope: Construct, id: string, props: CiliumNetworkPolicyProps = {}) {
    const at = `CiliumNetworkPolicy ${scope.node.path}/${id}`;
    checkProps(props, [...CILIUM_POLICY_PROPS, 'namespace', 'podSelector'], at);
    const podSelector = selectedPods(props.podSelector);
    const namespace = homeOf(scope, props.namespace, podSelector, at);
    super(scope, id, props, podSelector, {
      kind: 'CiliumNetworkPolicy',
      namespace,
      endpointSelector: endpointSelector(podSelector.toLabelSelector(), undefined, `${at} podSelector`),
    });
    this.namespace = namespace;
  }
}
