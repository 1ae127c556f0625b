import type { Acceptor } from '../acceptances';
import { aboutAcknowledgement } from '../context';
import type { LintRule } from '../lint-rule';

/** About which objects an acknowledgement counts, in words. */
const REACH = {
  operator: '',
  program: 'about an object that is as its program wrote it ',
} as const satisfies Record<Acceptor['voice'], string>;

export const acknowledgementUnused: LintRule = {
  id: 'acknowledgement-unused',
  severity: 'warning',
  summary: 'an acknowledgement accepts nothing',
  fix: 'take the acknowledgement out',
  *check({ acceptances, met, exceeded }) {
    for (const { acknowledgement, acceptedBy } of acceptances) {
      const { rule, atMost, isPartial } = acknowledgement;
      const about = aboutAcknowledgement(acknowledgement);
      const found = exceeded.get(acknowledgement);
      if (found !== undefined) {
        yield {
          ...about,
          message: `${found} findings ${rule} are left for it and it accepts ${atMost} at most, so it accepts none`,
          fix: `mend what is new, or write atMost: ${found}`,
        };
      } else if (!met.has(acknowledgement) && isPartial === undefined) {
        const where = REACH[acceptedBy.voice];
        yield { ...about, message: `no finding ${rule} ${where}is left for it to accept` };
      }
    }
  },
};
