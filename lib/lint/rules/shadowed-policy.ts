import type { PolicyEntry } from '../../model/cluster';
import { sectionOf, typesOf } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import { about, type LintContext } from '../context';
import { opensAll } from '../default-deny';
import { deletion, type Fix, inWords, together, write } from '../fix';
import type { LintRule } from '../lint-rule';
import { nameBeside, redundanciesOf } from '../redundancies';
import { isNpm } from '../rule-engines';

const FIX = 'delete the policy, or narrow the one that says the same';

export const shadowedPolicy: LintRule = {
  id: 'shadowed-policy',
  severity: 'info',
  summary: 'a policy allows, denies and isolates nothing that others do not',
  fix: FIX,
  *check(context) {
    for (const { policy, by, always } of redundanciesOf(context).policies) {
      const names = listWords(by.map((each) => nameBeside(each, policy)));
      const [one, many] = denies(policy)
        ? ['allows, denies and isolates', 'allow, deny and isolate']
        : ['allows and isolates', 'allow and isolate'];
      yield {
        ...about(policy),
        fix: gone(policy, by, context),
        message: `${names} ${by.length === 1 ? one : `together ${many}`} all that this policy does${always ? '' : ' today'}`,
      };
    }
  },
};

function denies({ rules: { ingress, egress } }: PolicyEntry): boolean {
  return [...ingress.rules, ...egress.rules].some(({ action }) => action === 'deny');
}

/** What takes the policy away. On azure it stays as a denial, so that the pods are isolated while another one is updated. */
function gone(policy: PolicyEntry, by: readonly PolicyEntry[], context: LintContext): Fix {
  const types = typesOf(policy.rules);
  return isNpm(context) && !types.some((type) => by.some((each) => opensAll(each, type)))
    ? inWords(
        'take its rules out and keep it as a denial, or narrow the one that says the same',
        together(
          write(policy, [...policy.rules.at, 'policyTypes'], types),
          ...types.map((type) => write(policy, sectionOf(policy.rules, type).at, [])),
        ),
      )
    : inWords(FIX, deletion(policy));
}
