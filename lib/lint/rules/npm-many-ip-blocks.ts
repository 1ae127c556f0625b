import { ipBlocksOf } from '../ip-blocks';
import { eachPolicy, type LintRule } from '../lint-rule';

/** So many sections of IP blocks are what the documentation calls fine. */
const FINE = 4;

export const npmManyIpBlocks: LintRule = {
  id: 'npm-many-ip-blocks',
  severity: 'warning',
  summary: 'on azure, a policy has more than four IP blocks',
  engines: ['azure'],
  fix: 'join neighbouring ranges into one CIDR, or split the policy',
  check: eachPolicy(function* (policy, context) {
    const blocks = ipBlocksOf(context, policy);
    if (blocks.length > FINE) {
      yield {
        message: `it has ${blocks.length} IP blocks, and more than ${FINE} are risky`,
      };
    }
  }),
};
