import { POLICY_TYPES } from '../model/network-policy';
import { isFiltering, mayMeet, type SubjectRule, subjectRule } from '../model/subject-rule';
import { type JudgedPolicy, subjectOf } from '../reachability/reading/judged-policy';

/** The rules of a cluster of whose traffic a proxy filters something. */
export class FilteringRules {
  private readonly rules: readonly SubjectRule[];

  public constructor(judged: readonly JudgedPolicy[]) {
    this.rules = judged.flatMap((policy) => {
      const subject = subjectOf(policy);
      return subject === undefined || policy.inForce.actual === 'no'
        ? []
        : POLICY_TYPES.flatMap((direction) =>
            policy.sections[direction].actual.rules.flatMap(({ says }) =>
              says !== undefined && isFiltering(says) ? subjectRule(subject, direction, says) : [],
            ),
          );
    });
  }

  /** Whether one of them may be about what another rule allows. */
  public mayFilter(rule: SubjectRule): boolean {
    return this.rules.some((each) => mayMeet(each, rule));
  }
}
