import { departureText } from '../../aks/engine-departures';
import { defined } from '../../model/defined';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { onlyHeldBy } from '../only-held';
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
    for (const policy of context.cluster.policies) {
      for (const departure of context.differences.by(policy, ...NPM_SKIPS)) {
        context.differences.told.add(departure);
        const open = onlyHeldBy(context, policy);
        const change = context.differences.change(policy, departure);
        const reasons = departure.by.map(departureText).join('; ');
        const field = skippingField(context, policy);
        yield {
          ...about(policy),
          ...defined({ field }),
          message: `${reasons}${open.length === 0 ? '' : `, which leaves ${context.words.workloads(open)} open`}; ${LATER}`,
          ...(change === undefined ? {} : { witness: change.text }),
          fix: withoutSkippedCidrs(context, policy),
        };
      }
    }
    for (const { cidr, object, source, field, fix } of refusedCidrs(context)) {
      if (isSkipped(cidr)) {
        yield {
          object,
          field,
          fix,
          ...defined({ source }),
          message: `Azure NPM ignores a whole policy with the CIDR ${cidr}, so the pods that only it isolates are open; ${LATER}`,
        };
      }
    }
  },
};
