import type { PolicyEntry } from '../../model/cluster';
import type { LabelSelector } from '../../model/label-selector';
import { namesForeignLabel } from '../completeness';
import type { LintContext } from '../context';
import { type EditFix, write } from '../fix';
import { selectsInVain } from '../in-vain';
import { withNames } from '../keeps-names';
import { suggestLabel } from '../label-suggestion';
import { eachPolicy, type LintRule } from '../lint-rule';

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

/** It holds pods from then on, and they must still be able to ask for names. */
function holding(policy: PolicyEntry, selector: LabelSelector, context: LintContext): EditFix {
  const selecting = write(policy, policy.rules.subject.at, selector);
  return policy.rules.egress.isolates ? withNames(selecting, policy, context) : selecting;
}
