import type { Acceptor } from '../acceptances';
import { aboutAcknowledgement } from '../context';
import type { LintRule } from '../lint-rule';

/** For what an acknowledgement counts. */
const REACH = {
  operator: '',
  program: 'about an object that is as its program wrote it ',
} as const satisfies Record<Acceptor['voice'], string>;

export const acknowledgementUnused: LintRule = {
  id: 'acknowledgement-unused',
  severity: 'warning',
  summary: 'an acknowledgement accepts nothing',
  why:
    'What it accepted is mended or has another name, and it would hide the next finding of its kind unseen. What a ' +
    'program accepts counts only for objects that are as the program wrote them. One with atMost accepts nothing where ' +
    'there are more, for nobody can tell which of them is new.',
  fix: 'take the acknowledgement out',
  sources: [],
  misses: 'An acknowledgement of constructs of which only some manifests are read.',
  bad: {
    manifests: '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }',
    intent: {
      acknowledgements: [{ rule: 'blank-selector', object: 'shop/partners', reason: 'six partners' }],
    },
  },
  good: {
    manifests: '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }',
  },
  *check({ acceptances, met, exceeded }) {
    for (const { acknowledgement, acceptedBy } of acceptances) {
      const found = exceeded.get(acknowledgement);
      if (found !== undefined) {
        const { rule, atMost } = acknowledgement;
        yield {
          ...aboutAcknowledgement(acknowledgement),
          message: `${found} findings ${rule} are left for it and it accepts ${atMost} at most, so it accepts none`,
          fix: `mend what is new, or write atMost: ${found}`,
        };
      } else if (!met.has(acknowledgement) && acknowledgement.isPartial === undefined) {
        yield {
          ...aboutAcknowledgement(acknowledgement),
          message: `no finding ${acknowledgement.rule} ${REACH[acceptedBy.voice]}is left for it to accept`,
        };
      }
    }
  },
};
