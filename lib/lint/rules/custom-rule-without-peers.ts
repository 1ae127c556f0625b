import { FINDINGS } from '../../model/finding';
import { foundInConstructs } from '../construct-findings';
import type { LintRule } from '../lint-rule';

const ID = 'custom-rule-without-peers';
const { problem, fix } = FINDINGS[ID];

export const customRuleWithoutPeers: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  fix,
  check: foundInConstructs(ID),
};
