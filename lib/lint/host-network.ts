import type { Workload } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import type { PodSelection, TrafficPeer } from '../model/policy-rules';
import { meets, meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import type { LintContext } from './context';

/**
 * The workloads on their node's network that a selector evidently names: at least one label must be there with
 * a certain value, and a blank selector or one that only rules out names nobody.
 */
export function hostsNamedBy(hosts: readonly Workload[], selector: LabelSelector): Workload[] {
  const requirements = requirementsOf(selector);
  return requirements.some(({ operator }) => operator === 'In')
    ? hosts.filter(({ labels }) => requirements.every((each) => meets(each, labels[each.key])))
    : [];
}

/** The same for a peer. */
export function hostsNamedByPeer(context: LintContext, peer: TrafficPeer): Workload[] {
  return peer.kind !== 'pods' || context.hosts.length === 0
    ? []
    : hostsNamedBy(context.hosts, peer.pods).filter(({ namespace }) => isIn(context, namespace, peer));
}

/** Of a namespace that no manifest declares, no label counts but its name. */
export function isIn(context: LintContext, name: string, { namespaces }: PodSelection): boolean {
  const { labels = {} } = context.namespace(name) ?? {};
  return typeof namespaces === 'string'
    ? name === namespaces
    : meetsAllInNamespace(requirementsOf(namespaces), { name, labels, declared: true }) === 'yes';
}
