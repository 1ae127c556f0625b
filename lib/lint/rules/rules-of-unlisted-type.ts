import type { PolicyEntry } from '../../model/cluster';
import { POLICY_TYPES } from '../../model/network-policy';
import { sectionOf } from '../../model/policy-rules';
import type { LintContext } from '../context';
import { type EditFix, write } from '../fix';
import { eachPolicy, type LintRule } from '../lint-rule';
import { isCilium } from '../rule-engines';
import { withDnsRule } from '../with-dns-rule';

export const rulesOfUnlistedType: LintRule = {
  id: 'rules-of-unlisted-type',
  severity: 'warning',
  summary: 'a policy has rules of a direction that its policyTypes leave out',
  fix: 'list both types: policyTypes: [Ingress, Egress], or take the rules out',
  check: eachPolicy(function* (policy, context) {
    const onCilium = isCilium(context);
    const unlisted = context.rulesOf(policy).find(({ isInForce }) => !isInForce);
    if (unlisted !== undefined) {
      const effect = onCilium
        ? 'Cilium enforces them all the same, which isolates the pods'
        : 'they have no effect, and the pods are not isolated by them';
      yield {
        severity: onCilium ? 'error' : 'warning',
        field: sectionOf(policy.rules, unlisted.direction).at,
        message: `policyTypes leaves ${unlisted.direction} out, whose rules stand here: ${effect}`,
        fix: listed(policy, onCilium, context),
      };
    }
  }),
};

/** What lists both types. On Cilium the pods are isolated already, so that their egress stays as it is. */
function listed(policy: PolicyEntry, onCilium: boolean, context: LintContext): EditFix {
  const types = write(policy, [...policy.rules.at, 'policyTypes'], POLICY_TYPES);
  return onCilium || policy.rules.egress.unlisted === undefined ? types : withDnsRule(types, policy, context);
}
