import { isCiliumKind } from '../../model/cilium-kind';
import type { PolicyEntry } from '../../model/cluster';
import type { LabelSelector } from '../../model/label-selector';
import { namesForeignLabel } from '../completeness';
import type { LintContext } from '../context';
import type { EditFix } from '../fix';
import { selectsInVain } from '../in-vain';
import { otherPods } from '../kind-fixes';
import { suggestLabel } from '../label-suggestion';
import { eachPolicy, type LintRule } from '../lint-rule';
import { withDnsRule } from '../with-dns-rule';

export const selectsNoWorkload: LintRule = {
  id: 'selects-no-workload',
  severity: 'warning',
  summary: 'a policy selects no workload of its namespace',
  fix: 'select by labels that the pods carry (those of the pod template, not of the Deployment)',
  check: eachPolicy(function* (policy, context) {
    const namespace = selectsInVain(context, policy);
    if (namespace === undefined) {
      return;
    }
    const { pods: selector, at } = policy.rules.subject;
    const suggestion = suggestLabel(selector, context.workloadsIn(namespace));
    if (suggestion === undefined && namesForeignLabel(context, selector)) {
      return;
    }
    yield {
      field: at,
      message: `no workload of namespace ${namespace} has these labels${suggestion === undefined ? '' : `; ${suggestion.words}`}`,
      ...(suggestion?.selector === undefined ? {} : { fix: holding(policy, suggestion.selector, context) }),
    };
  }),
};

/** What makes the policy select pods, which must still be able to ask for names. */
function holding(policy: PolicyEntry, selector: LabelSelector, context: LintContext): EditFix {
  const selecting = otherPods(policy, policy.rules.subject, selector);
  return policy.rules.egress.isolates && !isCiliumKind(policy)
    ? withDnsRule(selecting, policy, context)
    : selecting;
}
