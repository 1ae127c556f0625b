import { fieldText } from '../../model/field-path';
import { listWords } from '../../model/word-list';
import { about } from '../context';
import { inWords, remove } from '../fix';
import type { LintRule } from '../lint-rule';
import { redundanciesOf } from '../redundancies';

const FIX = 'take the rule out, or narrow the rules that say the same';

export const redundantRule: LintRule = {
  id: 'redundant-rule',
  severity: 'info',
  summary: 'a rule allows nothing that others do not allow for the same pods',
  fix: FIX,
  *check(context) {
    for (const { policy, rule, by, always } of redundanciesOf(context).rules) {
      const places = by.map(
        (place) => `${place.policy === policy ? '' : `${place.policy.name} `}${fieldText(place.rule.at)}`,
      );
      yield {
        ...about(policy),
        field: rule.at,
        fix: inWords(FIX, remove(policy, rule.at)),
        message: `${listWords(places)} ${by.length === 1 ? 'allows' : 'together allow'} all that this rule allows${always ? '' : ' today'}`,
      };
    }
  },
};
