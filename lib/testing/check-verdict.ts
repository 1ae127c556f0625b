import { explain } from '../reachability/answers/explanation';
import type { Outcome } from '../reachability/answers/verdict';
import { type AskedEnd, readConnection } from './asked-ends';
import { type Check, orUnreadable } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * Whether all of `from` may talk to all of `to`, on all of these ports.
 *
 * @param from a workload, `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME` or `internet`; or pods by labels,
 *   including those that no manifest declares: `any`, `ns/*`, `ns/app=web`, `*\/app=web` or `{ namespaces, pods }`
 * @param to like `from`
 * @param port the pods' port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`; default: every port
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `selector-unreadable`, `port-unreadable`
 */
export function checkAllows(subject: Subject, from: AskedEnd, to: AskedEnd, port?: number | string): Check {
  return check(subject, from, to, port, 'allowed');
}

/** Whether no part of `from` may talk to any part of `to`, on any of these ports. Parameters and errors as {@link checkAllows}. */
export function checkDenies(subject: Subject, from: AskedEnd, to: AskedEnd, port?: number | string): Check {
  return check(subject, from, to, port, 'denied');
}

function check(
  subject: Subject,
  from: AskedEnd,
  to: AskedEnd,
  port: number | string | undefined,
  wanted: Outcome,
): Check {
  const question = readConnection(port === undefined ? { from, to } : { from, to, port });
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
