import type { PolicyEntry, Workload } from '../model/cluster';
import type { NetworkPolicyPeer } from '../model/network-policy';
import type { LintContext } from './context';
import { carries, hasKnownWorkloads, isNaming } from './known';
import type { Written, WrittenRule } from './written-rules';

/** Two entries of a rule that were meant as one: a namespace selector, and a pod selector beside it. */
export interface AndOrSlip {
  readonly namespaces: Written<NetworkPolicyPeer>;
  readonly pods: Written<NetworkPolicyPeer>;
  /** The one entry that was meant. */
  readonly meant: NetworkPolicyPeer;
  /** Whom the two entries allow. */
  readonly apart: readonly Workload[];
  /** Whom the one would allow. */
  readonly together: readonly Workload[];
}

/**
 * The evidence: the pod selector matches nobody in the policy's own namespace, where it looks, and somebody in
 * the namespaces of the entry beside it.
 */
export function* andOrSlips(
  context: LintContext,
  policy: PolicyEntry,
  rule: WrittenRule,
): Generator<AndOrSlip> {
  const isOfNamespaces = ({ value }: Written<NetworkPolicyPeer>) =>
    value.namespaceSelector != null && value.podSelector == null;
  const wide = rule.peers.length < 2 ? [] : rule.peers.filter(isOfNamespaces);
  for (const pods of wide.length === 0 ? [] : rule.peers) {
    if (!meetsNobodyAtHome(context, policy, pods.value)) {
      continue;
    }
    for (const namespaces of wide) {
      const meant = { ...namespaces.value, podSelector: pods.value.podSelector } as NetworkPolicyPeer;
      const together = context.survey.meant(policy.namespace, meant).sure.list();
      if (together.length > 0) {
        const apart = context.survey.meant(policy.namespace, namespaces.value).sure.list();
        yield { namespaces, pods, meant, apart, together };
        break;
      }
    }
  }
}

/** Whether a peer selects pods of the policy's own namespace by labels that none of its workloads carries. */
function meetsNobodyAtHome(
  context: LintContext,
  { namespace }: PolicyEntry,
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
): boolean {
  return (
    podSelector != null &&
    namespaceSelector == null &&
    isNaming(podSelector) &&
    hasKnownWorkloads(context, namespace) &&
    context.survey.matching(namespace, podSelector).possible.isEmpty &&
    !context.workloadsIn(namespace).some((workload) => carries(workload, podSelector))
  );
}
