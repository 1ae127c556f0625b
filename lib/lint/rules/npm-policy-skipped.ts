import { departureText } from '../../aks/engine-departures';
import type { PolicyEntry, Workload } from '../../model/cluster';
import { defined } from '../../model/defined';
import { typesOf } from '../../model/policy-rules';
import type { LintContext } from '../context';
import { eachDeparture, type LintRule } from '../lint-rule';
import { refusedCidrs } from '../refused-cidrs';
import { isSkipped, NPM_SKIPS, skippingField, withoutSkippedCidrs } from '../skipped-cidrs';

const LATER = 'on an update to this form the old rules stay until NPM restarts, and then are gone';

export const npmPolicySkipped: LintRule = {
  id: 'npm-policy-skipped',
  severity: 'error',
  summary: 'on azure, a policy has a CIDR that makes Azure NPM skip the policy as a whole',
  engines: ['azure'],
  fix: 'write the CIDR in its plain IPv4 form; 0.0.0.0/0 is every address. Take IPv6 out, which Azure NPM does not filter',
  *check(context) {
    yield* stored(context);
    for (const { cidr, found } of refusedCidrs(context)) {
      if (isSkipped(cidr)) {
        yield {
          ...found,
          message: `Azure NPM ignores a whole policy with the CIDR ${cidr}, so the pods that only it isolates are open; ${LATER}`,
        };
      }
    }
  },
};

/** Policies that an older API server took. */
const stored = eachDeparture(NPM_SKIPS, (departure, policy, context) => {
  const open = onlyHeldBy(policy, context);
  const which = open.length === 0 ? '' : `, which leaves ${context.words.workloads(open)} open`;
  return {
    ...defined({ field: skippingField(context, policy) }),
    message: `${departure.by.map(departureText).join('; ')}${which}; ${LATER}`,
    ...context.differences.witness(policy, departure),
    fix: withoutSkippedCidrs(context, policy),
  };
});

/** The workloads that are open in a direction in which this policy alone was to isolate them. */
function onlyHeldBy(policy: PolicyEntry, context: LintContext): readonly Workload[] {
  const reaches = typesOf(policy.rules).flatMap((direction) => context.reachesIn(direction));
  const open = new Set(reaches.flatMap(({ isolated, workloads }) => (isolated === 'no' ? workloads : [])));
  return context.facts
    .selected(policy)
    .sure.list()
    .filter((workload) => open.has(workload));
}
