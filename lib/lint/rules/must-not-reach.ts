import { judgePairs } from '../judged-expectations';
import type { LintRule } from '../lint-rule';
import { describePorts } from '../words';

export const mustNotReach: LintRule = {
  id: 'must-not-reach',
  severity: 'error',
  summary: 'a connection that must not be is allowed, or cannot be shown to be denied',
  fix: 'isolate one side, or leave the other out of the rule that allows it, which the explanation names',
  check: (context) =>
    judgePairs(context, 'must-not-reach', ({ verdict, ports, possiblePorts }) => {
      // Ports that are open between all of the pods are told; where there are none, those between some of them.
      const open = ports.isEmpty ? possiblePorts : ports;
      return verdict === 'denied' ? undefined : `it is allowed on ${describePorts(open)}`;
    }),
};
