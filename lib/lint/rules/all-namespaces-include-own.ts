import { FINDINGS } from '../../model/finding';
import { foundInConstructs } from '../construct-findings';
import type { LintRule } from '../lint-rule';

const ID = 'all-namespaces-include-own';
const { problem, fix } = FINDINGS[ID];

export const allNamespacesIncludeOwn: LintRule = {
  id: ID,
  severity: 'info',
  summary: problem,
  fix,
  check: foundInConstructs(ID),
};
