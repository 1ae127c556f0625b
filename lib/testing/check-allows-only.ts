import { inside } from '../model/place';
import { checkFields, isList, isMap, type Problems, refuseIf } from '../model/problem';
import { explain } from '../reachability/explain';
import type { Reachability } from '../reachability/reachability';
import type { Question } from '../reachability/verdict';
import { type Check, unreadable } from './check';
import { describeFlow, type Flow, flowEnd, flowOf, without } from './flows';
import { judgeSubject, type Subject } from './subject';

/** A claim about one connection: whether it holds, and what speaks for it. */
interface Deviation {
  readonly certain: boolean;
  readonly text: string;
}

/**
 * Whether these connections are allowed and nothing else is, but that each pod reaches itself and traffic with
 * nodes. Between workloads a connection has to be allowed as a whole; addresses bound what may be allowed:
 * something among them has to be.
 *
 * @param expected ends are `ns/workload`, an address, a CIDR (`0.0.0.0/0` for every address) or `internet`
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `port-unreadable`, `protocol-unknown`, `type-mismatch`, `field-unknown`
 */
export function checkAllowsOnly(subject: Subject, expected: readonly Question[]): Check {
  refuseIf((found) => checkExpected(expected, found));
  const { reachability, problems } = judgeSubject(subject);
  if (problems.length > 0) {
    return unreadable(problems);
  }
  const missing = expected.flatMap((question) => missingFrom(reachability, question));
  const surplus = surplusIn(reachability, expected);
  const deviations = [...missing, ...surplus];
  if (deviations.length === 0) {
    return {
      pass: true,
      certain: true,
      message: `${expected.length === 1 ? '1 connection is' : `${expected.length} connections are`} allowed, and no other.`,
    };
  }
  return {
    pass: false,
    // One certain deviation is enough.
    certain: deviations.some(({ certain }) => certain),
    message: [
      ...section('Expected, and not allowed:', missing),
      ...section('Allowed, and not expected:', surplus),
    ].join('\n'),
  };
}

/** A misspelt port, left out, would be every port. */
function checkExpected(expected: unknown, problems: Problems): void {
  const at = 'the expected connections';
  if (!isList(expected, at, problems)) {
    return;
  }
  for (const [i, question] of expected.entries()) {
    if (isMap(question, inside(at, i), problems)) {
      checkFields(question, ['from', 'to', 'port', 'protocol'], inside(at, i), problems);
    }
  }
}

function section(heading: string, deviations: readonly Deviation[]): string[] {
  return deviations.length === 0
    ? []
    : [heading, ...deviations.map(({ text }) => `  ${text.replaceAll('\n', '\n    ')}`)];
}

function missingFrom(reachability: Reachability, question: Question): Deviation[] {
  const verdict = reachability.verdict(question);
  const isOpen = verdict.verdict === 'allowed' || (verdict.verdict === 'partly' && hasAddresses(question));
  return isOpen ? [] : [{ certain: verdict.verdict !== 'unknown', text: explain(verdict) }];
}

function hasAddresses({ from, to }: Question): boolean {
  return typeof flowEnd(from) !== 'string' || typeof flowEnd(to) !== 'string';
}

function surplusIn(reachability: Reachability, expected: readonly Question[]): Deviation[] {
  const known = expected.map(
    (question): Flow => ({
      from: flowEnd(question.from),
      to: flowEnd(question.to),
      // The evaluator knows what the name of a port stands for here.
      ports: reachability.verdict(question).possiblePorts,
    }),
  );
  const surplus: Deviation[] = [];
  for (const connection of reachability.connections({ groupBy: 'workload' })) {
    let left = [flowOf(connection)];
    for (const flow of known) {
      left = left.flatMap((each) => without(each, flow));
    }
    const certain = connection.verdict === 'allowed';
    surplus.push(
      ...left.map((flow) => ({ certain, text: `${describeFlow(flow)}${certain ? '' : ' (unknown)'}` })),
    );
  }
  return surplus;
}
