import type { PolicyEntry, Workload } from '../model/cluster';
import { typesOf } from '../model/policy-rules';
import type { LintContext } from './context';

/** The workloads that are open in a direction although a policy, and by the engine nothing else, isolates them. */
export function onlyHeldBy(context: LintContext, policy: PolicyEntry): readonly Workload[] {
  const selected = context.facts.selected(policy).sure.list();
  const open = new Set<Workload>();
  for (const direction of typesOf(policy.rules)) {
    for (const { isolated, workloads } of context.reachesIn(direction)) {
      for (const workload of isolated === 'no' ? workloads : []) {
        open.add(workload);
      }
    }
  }
  return selected.filter((workload) => open.has(workload));
}
