import { FINDING_CODES } from '../model/finding';
import * as rules from './every-rule';
import type { LintRule } from './lint-rule';

const byId = new Map(Object.values<LintRule>(rules).map((rule) => [rule.id, rule]));

/** Every rule, in the order in which they are documented and run; those about acknowledgements come last. */
export const RULES: readonly LintRule[] = FINDING_CODES.flatMap((id) => byId.get(id) ?? []);
