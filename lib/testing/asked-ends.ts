import { type ExpectedEnd, type ExpectedWorkload, endText } from '../model/expected-end';
import type { Place } from '../model/place';
import { readPods } from '../model/pods-by-labels';
import { NetworkPolicyError, show } from '../model/problem';
import type { AskedQuestion, Question } from '../reachability/answers/verdict';
import type { AskedPods } from '../reachability/judging/asked-pods';
import { areAskedPods, readAskedPods } from '../reachability/judging/asked-pods';

/**
 * An end that a test asks about: a workload of any version of cdk8s-plus or its `ApiObject`, a text as in a `Question`, or
 * pods by Kubernetes selectors: `{ namespaces: 'monitoring', pods: { matchLabels: { app: 'prometheus' } } }`.
 */
export type AskedEnd = ExpectedEnd | AskedPods;

/** A connection that a test asks about. */
export interface AskedConnection extends Omit<Question, 'from' | 'to'> {
  readonly from: AskedEnd;
  /** As `from`. */
  readonly to: AskedEnd;
}

/** @throws NetworkPolicyError `end-unreadable`, and the codes of selectors */
export function readConnection({ from, to, ...port }: AskedConnection, at = 'the question'): AskedQuestion {
  return { from: readEnd(from, `${at} from`), to: readEnd(to, `${at} to`), ...port };
}

/** The evaluator reads a text itself. */
function readEnd(end: AskedEnd, at: string): string | AskedPods {
  if (typeof end === 'string') {
    return end;
  }
  return areAskedPods(end) ? readAskedPods(end, at) : endText(end, at);
}

/**
 * The name of a workload.
 *
 * @throws NetworkPolicyError `end-unreadable` for pods by labels, which policies may treat differently
 */
export function readWorkload(workload: string | ExpectedWorkload, at: Place): string {
  const isOne =
    typeof workload === 'string' ? readPods(workload, 'the question') === undefined : !areAskedPods(workload);
  if (!isOne) {
    throw new NetworkPolicyError({
      code: 'end-unreadable',
      at,
      got: show(workload),
      problem: 'means pods by their labels, not a workload',
      fix: 'write namespace/workload or namespace/pod',
    });
  }
  // Any other text is an end that no policy isolates.
  return typeof workload === 'string' ? workload : endText(workload, at);
}
