import type { PolicyEntry, Workload } from '../model/cluster';
import type { DirectedRule, PodPeer, TrafficPeer } from '../model/policy-rules';
import { carries, hasKnownWorkloads, isNaming, mayBeMade } from './completeness';
import type { LintContext } from './context';

/** Two entries of a rule that were meant as one: a namespace selector, and a pod selector beside it. */
export interface AndOrSlip {
  readonly namespaces: PodPeer;
  readonly pods: PodPeer;
  /** The one entry that was meant. */
  readonly meant: PodPeer;
  /** Whom the two entries allow. */
  readonly apart: readonly Workload[];
  /** Whom the one would allow. */
  readonly asOne: readonly Workload[];
}

/**
 * The evidence: the pod selector matches nobody in the policy's own namespace, where it looks, and somebody in
 * the namespaces of the entry beside it.
 */
export function* andOrSlips(
  context: LintContext,
  { namespace }: PolicyEntry,
  { peers = [] }: DirectedRule,
): Generator<AndOrSlip> {
  const wide = peers.length < 2 ? [] : peers.filter(isOfNamespaces);
  for (const pods of wide.length === 0 ? [] : peers.filter(isOfPods)) {
    if (namespace === undefined || !meetsNobodyAtHome(context, namespace, pods)) {
      continue;
    }
    for (const namespaces of wide) {
      const meant: PodPeer = { ...namespaces, pods: pods.pods };
      const asOne = context.facts.meant(meant).sure.list();
      if (asOne.length > 0) {
        const apart = context.facts.meant(namespaces).sure.list();
        yield { namespaces, pods, meant, apart, asOne };
        break;
      }
    }
  }
}

const isOfNamespaces = (peer: TrafficPeer): peer is PodPeer =>
  peer.kind === 'pods' && peer.namespacesAt !== undefined && peer.podsAt === undefined;

const isOfPods = (peer: TrafficPeer): peer is PodPeer =>
  peer.kind === 'pods' && peer.namespacesAt === undefined && peer.podsAt !== undefined;

/** Whether a peer selects pods of the policy's own namespace by labels that none of its workloads carries. */
function meetsNobodyAtHome(context: LintContext, namespace: string, peer: PodPeer): boolean {
  return (
    isNaming(peer.pods) &&
    hasKnownWorkloads(context, namespace) &&
    context.facts.matching(peer).possible.isEmpty &&
    !context.workloadsIn(namespace).some((workload) => carries(workload, peer.pods)) &&
    !mayBeMade(context, peer)
  );
}
