import { explain } from '../reachability/explain';
import type { Outcome, Question } from '../reachability/verdict';
import { type Check, orUnreadable } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * Whether all of `from` may talk to all of `to`, on all ports asked for.
 *
 * @param from `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME` or `internet`
 * @param to as `from`
 * @param port the pods' port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`; every port when
 *   left out
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `port-unreadable`
 */
export function checkAllows(subject: Subject, from: string, to: string, port?: number | string): Check {
  return check(subject, from, to, port, 'allowed');
}

/**
 * Whether no part of `from` may talk to any part of `to`, on none of the ports asked for. Parameters and errors
 * are those of {@link checkAllows}.
 */
export function checkDenies(subject: Subject, from: string, to: string, port?: number | string): Check {
  return check(subject, from, to, port, 'denied');
}

function check(
  subject: Subject,
  from: string,
  to: string,
  port: number | string | undefined,
  wanted: Outcome,
): Check {
  const question: Question = port === undefined ? { from, to } : { from, to, port };
  const { reachability, problems } = judgeSubject(subject);
  return orUnreadable(problems, () => {
    const verdict = reachability.verdict(question);
    return {
      pass: verdict.verdict === wanted,
      certain: verdict.verdict !== 'unknown',
      message: explain(verdict),
    };
  });
}
