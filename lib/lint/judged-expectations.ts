import { defined } from '../model/defined';
import { type Expectation, expectationsIn } from '../model/finding';
import { NetworkPolicyError } from '../model/problem';
import type { Question, Verdict } from '../reachability/answers/verdict';
import type { About, LintContext } from './context';
import type { Observation } from './lint-rule';

/** An expectation between two ends. */
export type PairExpectation = Extract<Expectation, { readonly from: string }>;

/** One that names everybody who may. */
export type OnlyFromExpectation = Exclude<Expectation, PairExpectation>;

/**
 * Judges the expectations of one kind. What cannot be shown does not hold.
 *
 * @param judge says what is wrong; `undefined` when the expectation holds
 */
export function* judgePairs(
  context: LintContext,
  kind: PairExpectation['kind'],
  judge: (verdict: Verdict) => string | undefined,
): Generator<Observation> {
  for (const expectation of expectationsIn(context.intent)) {
    if (expectation.kind === kind) {
      const { from, to, port } = expectation;
      yield* orUnjudged(expectation, function* () {
        const question: Question = { from, to, ...defined({ port }) };
        const verdict = context.reachability.verdict(question);
        const problem =
          verdict.verdict === 'unknown' && !isDecided(kind, expectation, verdict)
            ? `cannot be shown: ${doubtsInOneLine(verdict)}`
            : judge(verdict);
        if (problem !== undefined) {
          yield {
            ...aboutExpectation(expectation),
            message: `${problem}${because(expectation)}`,
            witness: explanationInOneLine(context, question),
          };
        }
      });
    }
  }
}

/** What an expectation found, or that an end or port in it stands for nothing. */
export function* orUnjudged(
  expectation: Expectation,
  judge: () => Generator<Observation>,
): Generator<Observation> {
  try {
    yield* judge();
  } catch (error) {
    if (!(error instanceof NetworkPolicyError)) {
      throw error;
    }
    const { got, problem, fix } = error;
    const message = `cannot be shown: ${got} ${problem}${because(expectation)}`;
    yield { ...aboutExpectation(expectation), message, fix };
  }
}

/** What a finding about an expectation says of it. */
export function aboutExpectation({ kind, from, to, port, source }: Expectation): About {
  const ends = typeof from === 'string' ? from : from.join(', ');
  const on = port === undefined ? '' : ` ${port}`;
  const name = kind === 'only-from' ? `${to}${on} ${kind} ${ends}` : `${ends} ${kind} ${to}${on}`;
  return { object: { kind: 'Expectation', name }, ...defined({ source }) };
}

/** `, which is expected because …` */
export function because({ reason }: Expectation): string {
  return reason === undefined ? '' : ` (expected because: ${reason})`;
}

/** The explanation of a question in one line. */
export function explanationInOneLine({ reachability }: LintContext, question: Question): string {
  return reachability.explain(question).replaceAll('\n', ' ');
}

export function doubtsInOneLine({ doubts }: Verdict): string {
  return doubts.length === 0 ? 'the verdict is unknown' : doubts.map(({ text }) => text).join('; ');
}

/** Whether a port that is surely open decides, whatever else is in doubt. */
function isDecided(kind: PairExpectation['kind'], { port }: Expectation, { ports }: Verdict): boolean {
  return !ports.isEmpty && (kind === 'must-not-reach' || port === undefined);
}
