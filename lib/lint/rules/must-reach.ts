import { judgePairs } from '../judged-expectations';
import type { LintRule } from '../lint-rule';

export const mustReach: LintRule = {
  id: 'must-reach',
  severity: 'error',
  summary: 'a connection that is expected is not allowed, or cannot be shown to be',
  fix: 'allow it on both sides, or take the expectation out',
  check: (context) =>
    judgePairs(context, 'must-reach', ({ verdict, question, ports, possiblePorts }) =>
      verdict === 'allowed' || (question.port === undefined && !ports.isEmpty)
        ? undefined
        : verdict === 'denied'
          ? 'it is denied'
          : `only a part of it is allowed, on ${possiblePorts}`,
    ),
};
