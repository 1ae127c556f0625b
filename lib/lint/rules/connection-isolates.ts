import { FINDINGS, isBy } from '../../model/finding';
import { sectionOf, typesOf } from '../../model/policy-rules';
import { impliesSelector } from '../../model/selector-match';
import { foundInConstructs } from '../construct-findings';
import type { LintContext } from '../context';
import type { LintRule, Observation } from '../lint-rule';

const ID = 'connection-isolates';
const { problem, fix } = FINDINGS[ID];

export const connectionIsolates: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix,
  *check(context) {
    for (const observation of foundInConstructs(ID)(context)) {
      if (!isIsolatedElsewhere(observation, context)) {
        yield observation;
      }
    }
  },
};

/** Whether a policy that the program did not write isolates the same pods: a baseline of another program, or by hand. */
function isIsolatedElsewhere({ object, source }: Observation, context: LintContext): boolean {
  const neighbours = context.policiesIn(object.namespace ?? '');
  const own = neighbours.find(({ kind, name }) => kind === object.kind && name === object.name);
  return (
    own !== undefined &&
    neighbours.some(
      (other) =>
        !(source?.program !== undefined && isBy(other.source, source.program)) &&
        impliesSelector(own.rules.subject.pods, other.rules.subject.pods) &&
        typesOf(own.rules).every((type) => sectionOf(other.rules, type).isolates),
    )
  );
}
