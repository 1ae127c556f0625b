import type { ExpectedWorkload } from '../model/expected-end';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { NetworkPolicyError, show } from '../model/problem';
import { describePolicy } from '../reachability/answers/references';
import type { Reachability } from '../reachability/reachability';
import { readWorkload } from './asked-ends';
import { type Check, orUnreadable } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * Whether a policy isolates a workload in a direction, so that only allowed traffic gets through.
 *
 * @param workload a workload of any version of cdk8s-plus or its `ApiObject`, `ns/workload` or `ns/pod`
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `policy-type-unknown`
 */
export function checkIsolates(
  subject: Subject,
  workload: string | ExpectedWorkload,
  direction: PolicyType,
): Check {
  if (!POLICY_TYPES.includes(direction)) {
    // In JavaScript, `ingress` would be accepted, and nothing be isolated in it.
    throw new NetworkPolicyError({
      code: 'policy-type-unknown',
      at: 'direction',
      got: show(direction),
      problem: 'is not a direction',
      fix: `write ${POLICY_TYPES.join(' or ')}`,
    });
  }
  const name = readWorkload(workload, 'the workload');
  const { reachability, problems } = judgeSubject(subject);
  return orUnreadable(problems, () => isolation(reachability, name, direction));
}

function isolation(reachability: Reachability, workload: string, direction: PolicyType): Check {
  const selecting = reachability.policiesSelecting(workload);
  const isolating = selecting.filter(({ directions }) => directions.includes(direction));
  const surely = isolating.filter(({ certain }) => certain);
  const names = (surely.length > 0 ? surely : isolating).map(describePolicy).join(', ');
  const type = direction.toLowerCase();
  if (surely.length > 0) {
    return { pass: true, certain: true, message: `${workload} is isolated for ${type} by ${names}.` };
  }
  if (isolating.length > 0) {
    const message = `It is not known whether ${workload} is isolated for ${type}: that depends on ${names}.`;
    return { pass: false, certain: false, message };
  }
  const others = selecting.map(describePolicy).join(', ');
  const selected = others === '' ? '' : `; it is selected by ${others}`;
  return { pass: false, certain: true, message: `No policy isolates ${workload} for ${type}${selected}.` };
}
