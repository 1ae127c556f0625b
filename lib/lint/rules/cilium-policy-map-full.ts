import type { PolicyEntry, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { overflowing } from '../policy-map';
import { CILIUM } from '../rule-engines';

/** So many entries fit in the policy map of a pod, on AKS and by Cilium's own default. */
const MOST = 16_384;

export const ciliumPolicyMapFull: LintRule = {
  id: 'cilium-policy-map-full',
  severity: 'error',
  summary: 'on cilium, the policies of a pod need more entries than its policy map holds',
  engines: CILIUM,
  fix: 'write fewer and wider ranges of addresses, or fewer ports for them: each port of each range is an entry',
  *check(context) {
    const isManaged = context.profile.engine === 'cilium';
    const byPolicy = new Map<PolicyEntry, { readonly workload: Workload; readonly entries: number }[]>();
    for (const [workload, { policy, entries }] of overflowing(context, MOST)) {
      append(byPolicy, policy, { workload, entries });
    }
    for (const [policy, full] of byPolicy) {
      const workloads = full.map(({ workload }) => workload);
      const entries = Math.max(...full.map((each) => each.entries));
      yield {
        ...about(policy),
        severity: isManaged ? 'error' : 'warning',
        message:
          `the ranges of addresses of all policies of ${context.words.workloads(workloads)} need at least ${entries} ` +
          `entries and ${MOST} fit${isManaged ? '' : ' unless your configuration says otherwise'}: the rest of the rules is missing`,
      };
    }
  },
};
