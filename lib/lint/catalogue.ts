import type { Rule } from './rule';
import { acknowledgementExpired } from './rules/acknowledgement-expired';
import { acknowledgementUnused } from './rules/acknowledgement-unused';
import { rulesOfUnlistedType } from './rules/rules-of-unlisted-type';
import { selectsNoWorkload } from './rules/selects-no-workload';

/** Every rule, in the order in which they are documented and run; those about acknowledgements come last. */
export const RULES: readonly Rule[] = [
  // the portal's own warnings

  // hygiene
  selectsNoWorkload,
  rulesOfUnlistedType,

  // reach

  // lifelines

  // engines

  // what the authors expect and accept
  acknowledgementUnused,
  acknowledgementExpired,
];
