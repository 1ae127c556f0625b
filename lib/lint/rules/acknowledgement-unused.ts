import type { Acceptor } from '../acknowledgements';
import { aboutAcknowledgement } from '../context';
import type { Rule } from '../rule';

/** For what an acknowledgement counts. */
const REACH = {
  operator: '',
  program: 'about an object that is as its program wrote it ',
} as const satisfies Record<Acceptor['voice'], string>;

export const acknowledgementUnused: Rule = {
  id: 'acknowledgement-unused',
  severity: 'warning',
  summary: 'an acknowledgement accepts nothing',
  why:
    'What it accepted is mended or has another name, and it would hide the next finding of its kind unseen. What a ' +
    'program accepts counts only for objects that are as the program wrote them.',
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
  *check({ acceptances, met }) {
    for (const { acknowledgement, acceptedBy } of acceptances) {
      if (!met.has(acknowledgement) && acknowledgement.isPartial === undefined) {
        yield {
          ...aboutAcknowledgement(acknowledgement),
          message: `no finding ${acknowledgement.rule} ${REACH[acceptedBy.voice]}is left for it to accept`,
        };
      }
    }
  },
};
