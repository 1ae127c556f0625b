import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry, Workload } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import type { PolicyType } from '../model/network-policy';
import type { PodSelection, TrafficPeer } from '../model/policy-rules';
import { meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import { carries } from './completeness';
import type { LintContext } from './context';
import { type Fix, instead } from './fix';
import { blockPeers } from './pieces';
import { isCilium } from './rule-engines';

/**
 * The workloads on their node's network that a selector names: it has to ask for the value of at least one label. A
 * selector that is blank, or only excludes, names nobody.
 */
export function hostsNamedBy(hosts: readonly Workload[], selector: LabelSelector): Workload[] {
  return requirementsOf(selector).some(({ operator }) => operator === 'In')
    ? hosts.filter((host) => carries(host, selector))
    : [];
}

/** The same for a peer. */
export function hostsNamedByPeer(context: LintContext, peer: TrafficPeer): Workload[] {
  return peer.kind !== 'pods' || context.hosts.length === 0
    ? []
    : hostsNamedBy(context.hosts, peer.pods).filter(({ namespace }) =>
        meansNamespace(context, namespace, peer),
      );
}

/** Whether a selection means a namespace. Of one that no manifest declares, only the name is known. */
export function meansNamespace(context: LintContext, name: string, { namespaces }: PodSelection): boolean {
  const { labels = {} } = context.namespace(name) ?? {};
  return typeof namespaces === 'string'
    ? name === namespaces
    : meetsAllInNamespace(requirementsOf(namespaces), { name, labels, declared: true }) === 'yes';
}

/**
 * What to write so that nodes are a peer: a block of their addresses, where the engine matches them by address and the
 * profile tells which they are.
 *
 * @param at of the peer that names pods on the network of their node
 */
export function nodesInstead(
  context: LintContext,
  policy: PolicyEntry,
  { at }: TrafficPeer,
  direction: PolicyType,
): Fix {
  const entities = `${direction === 'Ingress' ? 'fromEntities' : 'toEntities'}: [host, remote-node]`;
  if (isCiliumKind(policy)) {
    return `write a rule with ${entities}, and take this entry out`;
  }
  const blocks = isCilium(context) ? [] : blockPeers(context.profile.nodeCidrs ?? []);
  return blocks.length > 0
    ? instead(policy, at, blocks)
    : isCilium(context)
      ? `apply a CiliumNetworkPolicy with ${entities}, and take this entry out`
      : {
          yaml: 'write an ipBlock with the subnet of the nodes',
          code: 'write Peer.ipBlock(subnet), with the subnet of the nodes',
        };
}
