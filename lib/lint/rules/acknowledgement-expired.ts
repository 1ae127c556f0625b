import { isOver } from '../acceptances';
import { aboutAcknowledgement } from '../context';
import type { LintRule } from '../lint-rule';

export const acknowledgementExpired: LintRule = {
  id: 'acknowledgement-expired',
  severity: 'warning',
  summary: 'an acknowledgement is over, and what it accepted counts again',
  fix: 'mend what was accepted, or give a later day',
  *check({ acceptances, met, today }) {
    for (const { acknowledgement } of acceptances) {
      if (met.has(acknowledgement) && isOver(acknowledgement, today)) {
        const { rule, until, reason } = acknowledgement;
        yield {
          ...aboutAcknowledgement(acknowledgement),
          message: `${rule} was accepted until ${until} and counts again; the reason was: ${reason}`,
        };
      }
    }
  },
};
