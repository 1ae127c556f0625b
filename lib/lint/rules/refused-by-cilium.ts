import { isEnforced, refusalOn } from '../../aks/enforcement';
import { defined } from '../../model/defined';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const refusedByCilium: LintRule = {
  id: 'refused-by-cilium',
  severity: 'error',
  summary: 'on cilium, the API server takes a policy that Cilium refuses, so nothing enforces it',
  engines: CILIUM,
  fix: 'write what Cilium takes; the condition Valid of the policy tells whether it does',
  *check({ cluster: { unjudged = [] }, profile }) {
    for (const policy of unjudged) {
      const { kind, namespace, name, source } = policy;
      const refusal = isEnforced(policy, profile) === 'no' ? refusalOn(policy, profile) : undefined;
      if (refusal !== undefined && name !== undefined) {
        yield {
          ...about({ kind, ...defined({ namespace }), name, ...defined({ source }) }),
          field: refusal.at,
          message: `Cilium refuses the whole policy: ${refusal.message}; the pods that it alone isolates are open, and on an update to this form the old rules stay until the agent restarts`,
          fix: refusal.fix,
        };
      }
    }
  },
};
