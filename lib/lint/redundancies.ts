import { meansOnlyKnown } from './known';
import { oncePerContext } from './once';
import { rulesOfDirection } from './written-rules';

/**
 * What the policies say twice. What holds for the workloads of today holds for all whom a rule means only where none
 * of them stands elsewhere.
 */
export const redundanciesOf = oncePerContext((context) =>
  context.survey.redundancies(({ policy, direction, rule }) =>
    (rulesOfDirection(context.rulesOf(policy), direction)[rule]?.peers ?? []).every(({ value }) =>
      meansOnlyKnown(context, policy.namespace, value),
    ),
  ),
);
