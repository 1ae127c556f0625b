import type { AskedRequest } from '../model/asked-request';
import { defined } from '../model/defined';
import { explain } from '../reachability/answers/explanation';
import type { Outcome, Verdict } from '../reachability/answers/verdict';
import type { Reachability } from '../reachability/reachability';
import { allowingCode } from './allowing-code';
import { type AskedConnection, type AskedEnd, readConnection } from './asked-ends';
import { type Check, orUnreadable } from './check';
import { judgeSubject, type Subject } from './subject';

/**
 * Whether all of `from` may talk to all of `to`, on all of these ports.
 *
 * @param from a workload, `ns/workload`, `ns/pod`, an address, a CIDR, `node:NAME` or `internet`; or pods by labels,
 *   including those that no manifest declares: `any`, `ns/*`, `ns/app=web`, `*\/app=web` or `{ namespaces, pods }`
 * @param to like `from`, or a host name: `login.microsoftonline.com`
 * @param port the pods' port as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`; default: every port
 * @param http a request that has to pass, too, where policies of Cilium filter HTTP: `{ method: 'GET', path: '/orders' }`
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `selector-unreadable`, `port-unreadable`,
 *   `request-unreadable`
 */
export function checkAllows(
  subject: Subject,
  from: AskedEnd,
  to: AskedEnd,
  port?: number | string,
  http?: AskedRequest,
): Check {
  return check(subject, defined({ from, to, port, http }), 'allowed');
}

/** Whether no part of `from` may talk to any part of `to`, on any of these ports. Parameters and errors as {@link checkAllows}. */
export function checkDenies(
  subject: Subject,
  from: AskedEnd,
  to: AskedEnd,
  port?: number | string,
  http?: AskedRequest,
): Check {
  return check(subject, defined({ from, to, port, http }), 'denied');
}

/** What would allow it, where that was wanted. */
function codeFor(verdict: Verdict, wanted: Outcome, { judged }: Reachability): readonly string[] {
  const code = wanted === 'allowed' ? allowingCode(verdict, judged.cluster.workloads) : [];
  return code.length === 0 ? [] : ['', 'To allow it:', ...code.map((line) => `  ${line}`)];
}

function check(subject: Subject, asked: AskedConnection, wanted: Outcome): Check {
  const question = readConnection(asked);
  const { reachability, problems } = judgeSubject(subject);
  return orUnreadable(problems, () => {
    const verdict = reachability.verdict(question);
    return {
      pass: verdict.verdict === wanted,
      certain: verdict.verdict !== 'unknown',
      message: [explain(verdict), ...codeFor(verdict, wanted, reachability)].join('\n'),
      outcome: { expected: wanted, received: verdict.verdict },
    };
  });
}
