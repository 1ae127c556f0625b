import type { PolicyEntry, Workload } from '../model/cluster';
import type { DirectedRule, PodPeer, TrafficPeer } from '../model/policy-rules';
import { areMissing } from './completeness';
import type { LintContext } from './context';
import { isOfService } from './peers-elsewhere';

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
    // A pod selector by itself looks in the policy's own namespace.
    if (namespace === undefined || !areMissing(context, [namespace], pods)) {
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
  peer.kind === 'pods' && peer.namespacesAt === undefined && peer.podsAt !== undefined && !isOfService(peer);
