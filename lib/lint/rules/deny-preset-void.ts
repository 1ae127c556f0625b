import type { PolicyEntry } from '../../model/cluster';
import { append } from '../../model/collections';
import { FINDINGS } from '../../model/finding';
import type { PolicyType } from '../../model/network-policy';
import { sectionOf, typesOf } from '../../model/policy-rules';
import { impliesSelector } from '../../model/selector-match';
import { listWords } from '../../model/word-list';
import { foundInConstructs } from '../construct-findings';
import { type LintContext, oncePerContext } from '../context';
import { opensAll } from '../default-deny';
import type { LintRule } from '../lint-rule';

const ID = 'deny-preset-void';
const { problem, fix } = FINDINGS[ID];

export const denyPresetVoid: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix,
  check: foundInConstructs(ID, function* (policy, context) {
    for (const direction of typesOf(policy.rules)) {
      const isDenial = sectionOf(policy.rules, direction).rules.length === 0;
      const undoing = isDenial ? undoes(context, policy, direction) : [];
      if (undoing.length > 0) {
        const names = listWords(undoing.map(({ name }) => name));
        yield {
          field: [...policy.rules.at, 'policyTypes'],
          message: `${direction}: ${problem}, for every pod that it holds and on every port: in ${names}`,
          fix: `leave out the denial, or the rule that allows in ${names}`,
        };
      }
    }
  }),
};

/** The policies with a rule for everybody on every port that concern every pod that a policy can ever select. */
function undoes(context: LintContext, policy: PolicyEntry, direction: PolicyType): PolicyEntry[] {
  const { namespaces, pods } = policy.rules.subject;
  return typeof namespaces !== 'string'
    ? []
    : (openers(context).get(`${namespaces} ${direction}`) ?? []).filter((other) =>
        impliesSelector(pods, other.rules.subject.pods),
      );
}

/** By namespace and direction: the policies with a rule for everybody on every port. */
const openers = oncePerContext((context: LintContext) => {
  const found = new Map<string, PolicyEntry[]>();
  for (const policy of context.cluster.policies) {
    const { namespaces } = policy.rules.subject;
    for (const direction of typeof namespaces === 'string' ? typesOf(policy.rules) : []) {
      if (opensAll(policy, direction)) {
        append(found, `${namespaces} ${direction}`, policy);
      }
    }
  }
  return found;
});
