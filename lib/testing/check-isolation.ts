import type { PolicyType } from '../model/network-policy';
import { describePolicy } from '../reachability/references';
import type { Check } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * Whether some policy isolates a workload in a direction: then only what a policy allows gets through.
 *
 * @param workload `ns/workload` or `ns/pod`
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`
 */
export function checkIsolates(subject: Subject, workload: string, direction: PolicyType): Check {
  const selecting = judgeSubject(subject).reachability.policiesSelecting(workload);
  const isolating = selecting.filter(({ directions }) => directions.includes(direction));
  const names = isolating.map(describePolicy).join(', ');
  const way = direction.toLowerCase();
  if (isolating.some(({ certain }) => certain)) {
    return { pass: true, certain: true, message: `${workload} is isolated for ${way} by ${names}.` };
  }
  if (isolating.length > 0) {
    const message = `It is not known whether ${workload} is isolated for ${way}: that depends on ${names}.`;
    return { pass: false, certain: false, message };
  }
  const others = selecting.map(describePolicy).join(', ');
  const selected = others === '' ? '' : `; it is selected by ${others}`;
  return { pass: false, certain: true, message: `No policy isolates ${workload} for ${way}${selected}.` };
}
