import { departureText } from '../../aks/engine-departures';
import { aksDocs } from '../../aks/fact-source';
import { defined } from '../../model/defined';
import { about } from '../context';
import { isNpm, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';
import { onlyHeldBy } from '../only-held';
import { refusedCidrs } from '../refused-cidrs';
import { isSkipped, NPM_SKIPS, skippingField, withoutSkippedCidrs } from '../skipped-cidrs';

const example = (cidr: string) =>
  deployment('web') + networkPolicy('web', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] });

const LATER = 'on an update to this form the old rules stay until NPM restarts, and then are gone';

export const npmPolicySkipped: LintRule = {
  id: 'npm-policy-skipped',
  severity: 'error',
  summary: 'on azure, a policy has a CIDR that makes Azure NPM skip the policy as a whole',
  why:
    'Azure NPM skips a policy with an IPv6 CIDR, with "/0" behind another address than 0.0.0.0 (the sample of the AKS ' +
    'documentation against the metadata service has 10.10.0.0/0), or with a prefix of leading zeros. Pods that only ' +
    'this policy isolates are open. Only a line in the log of NPM tells.',
  fix: 'write the CIDR in its plain IPv4 form; 0.0.0.0/0 is every address. Take IPv6 out, which Azure NPM does not filter',
  sources: [
    { from: 'Azure NPM v2 of 2026-08-20 (v1.8.12+15), run', read: '2026-11-22' },
    {
      from: 'Azure/azure-container-networking#4867, merged on 2026-09-15; a version that ships it was not found',
      read: '2026-11-22',
    },
    aksDocs('operator-best-practices-cluster-security.md'),
  ],
  misses: 'Whether the cluster runs a version of NPM with the fix of September 2026.',
  bad: { manifests: example('2001:db8::/32'), profile: { engine: 'azure' } },
  good: { manifests: example('203.0.113.0/24'), profile: { engine: 'azure' } },
  needs: needsEngine,
  *check(context) {
    if (!isNpm(context)) {
      return;
    }
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
