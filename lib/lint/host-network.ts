import type { Workload } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { NetworkPolicyPeer } from '../model/network-policy';
import { meets, requirementsOf } from '../model/selector-match';
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

/** The same for a peer of a policy in `namespace`. */
export function hostsNamedByPeer(
  context: LintContext,
  namespace: string,
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
): Workload[] {
  if (podSelector == null || context.hosts.length === 0) {
    return [];
  }
  const named = hostsNamedBy(context.hosts, podSelector);
  return namespaceSelector == null
    ? named.filter((host) => host.namespace === namespace)
    : named.filter((host) => isIn(context, host.namespace, namespaceSelector));
}

function isIn(context: LintContext, name: string, selector: LabelSelector): boolean {
  const labels = context.namespace(name)?.labels ?? {};
  return requirementsOf(selector).every((requirement) =>
    meets(requirement, requirement.key === NAMESPACE_NAME_LABEL ? name : labels[requirement.key]),
  );
}
