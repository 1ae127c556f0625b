import { expectationsIn } from '../../model/finding';
import type { Doubt } from '../../reachability/judging/question-ends';
import {
  aboutExpectation,
  because,
  doubtsInOneLine,
  explanationInOneLine,
  orUnjudged,
} from '../judged-expectations';
import type { LintRule } from '../lint-rule';
import { describeIntruders, intrudersOf } from '../unexpected-sources';

/** Doubts that come of the question itself and not of a policy. */
const UNANSWERABLE: readonly Doubt['code'][] = ['end-unreadable', 'service-address', 'port-name-undefined'];

export const onlyFrom: LintRule = {
  id: 'only-from',
  severity: 'error',
  summary: 'somebody reaches a workload who is not on the list of those who may',
  fix: 'leave them out of the rules that let them in, which the explanation names, or list them: pods by their labels as shop/app=web, a namespace as monitoring/*, any pod as any',
  *check(context) {
    for (const expectation of expectationsIn(context.intent)) {
      if (expectation.kind !== 'only-from') {
        continue;
      }
      yield* orUnjudged(expectation, function* () {
        const { from, to, port } = expectation;
        const on = port === undefined ? {} : { port };
        // Refuses ends and ports that stand for nothing, the workload itself first.
        for (const end of [to, ...from]) {
          const verdict = context.reachability.verdict({ from: end, to, ...on });
          const [doubt] = verdict.doubts;
          if (doubt !== undefined && UNANSWERABLE.includes(doubt.code)) {
            yield {
              ...aboutExpectation(expectation),
              message: `cannot be shown: ${doubtsInOneLine(verdict)}${because(expectation)}`,
            };
            return;
          }
        }
        const intruders = intrudersOf(expectation, context);
        const certain = intruders.filter((each) => each.certain);
        const [told, verb] =
          certain.length > 0
            ? [certain, 'reach it as well:']
            : [intruders, 'may reach it as well, which is not known:'];
        if (told.length > 0) {
          const end = told.find((each) => each.end !== undefined)?.end;
          yield {
            ...aboutExpectation(expectation),
            message: `others ${verb} ${describeIntruders(told, context.words)}${because(expectation)}`,
            ...(end === undefined
              ? {}
              : { witness: explanationInOneLine(context, { from: end, to, ...on }) }),
          };
        }
      });
    }
  },
};
