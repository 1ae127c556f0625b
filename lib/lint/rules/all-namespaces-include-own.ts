import { FINDINGS } from '../../model/finding';
import { constructFindings } from '../construct-findings';
import type { LintRule } from '../lint-rule';

const ID = 'all-namespaces-include-own';
const { problem, fix } = FINDINGS[ID];

export const allNamespacesIncludeOwn: LintRule = {
  id: ID,
  severity: 'info',
  summary: problem,
  fix,
  check: (context) => constructFindings(context, ID),
};
