import type { PolicyEntry } from '../../model/cluster';
import { POLICY_TYPES } from '../../model/network-policy';
import { sectionOf } from '../../model/policy-rules';
import { about, type LintContext } from '../context';
import { isCilium } from '../engine-words';
import { type EditFix, write } from '../fix';
import { withNames } from '../keeps-names';
import type { LintRule } from '../lint-rule';

export const rulesOfUnlistedType: LintRule = {
  id: 'rules-of-unlisted-type',
  severity: 'warning',
  summary: 'a policy has rules of a direction that its policyTypes leave out',
  why:
    'Kubernetes ignores such rules, so nothing is isolated and nothing allowed by them. Cilium enforces them all ' +
    'the same: there they isolate the pods.',
  fix: 'list both types: policyTypes: [Ingress, Egress], or take the rules out',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'cilium 1.19.5, its policy packages, run', read: '2026-11-22' },
  ],
  bad: {
    manifests: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  egress: [{ to: [{ podSelector: {} }] }]
`,
  },
  good: {
    manifests: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress: [{ to: [{ podSelector: {} }] }]
`,
  },
  *check(context) {
    const onCilium = isCilium(context);
    for (const policy of context.cluster.policies) {
      const [unlisted] = context.rulesOf(policy).filter(({ isInForce }) => !isInForce);
      if (unlisted !== undefined) {
        const effect = onCilium
          ? 'Cilium enforces them all the same, which isolates the pods'
          : 'they have no effect, and the pods are not isolated by them';
        yield {
          ...about(policy),
          severity: onCilium ? 'error' : 'warning',
          field: sectionOf(policy.rules, unlisted.direction).at,
          message: `policyTypes leaves ${unlisted.direction} out, whose rules stand here: ${effect}`,
          fix: listed(policy, onCilium, context),
        };
      }
    }
  },
};

/** Cilium isolates it already. */
function listed(policy: PolicyEntry, onCilium: boolean, context: LintContext): EditFix {
  const types = write(policy, [...policy.rules.at, 'policyTypes'], POLICY_TYPES);
  return onCilium || policy.rules.egress.unlisted === undefined ? types : withNames(types, policy, context);
}
