import type { PolicyEntry } from '../../model/cluster';
import { fieldText } from '../../model/field-path';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import { inWords, remove } from '../fix';
import type { LintRule } from '../lint-rule';
import { nameBeside, redundanciesOf } from '../redundancies';
import type { PlacedRule } from '../redundancy';

const FIX = 'take the rule out, or narrow the rules that say the same';

export const redundantRule: LintRule = {
  id: 'redundant-rule',
  severity: 'info',
  summary: 'a rule says nothing that others do not say for the same pods',
  fix: FIX,
  *check(context) {
    for (const { policy, rule, by, always } of redundanciesOf(context).rules) {
      const verb =
        rule.action === 'deny' ? { one: 'denies', many: 'deny' } : { one: 'allows', many: 'allow' };
      const places = listWords(by.map((place) => placeBeside(place, policy)));
      yield {
        ...about(policy),
        field: rule.at,
        fix: inWords(FIX, remove(policy, rule.at)),
        message: `${places} ${by.length === 1 ? verb.one : `together ${verb.many}`} all that this rule ${verb.one}${always ? '' : ' today'}`,
      };
    }
  },
};

function placeBeside({ policy, rule }: PlacedRule, own: PolicyEntry): string {
  const field = fieldText(rule.at);
  return policy.written === own.written ? field : `${nameBeside(policy, own)} ${field}`;
}
