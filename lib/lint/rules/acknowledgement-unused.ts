import { aboutAcknowledgement } from '../context';
import type { Rule } from '../rule';

export const acknowledgementUnused: Rule = {
  id: 'acknowledgement-unused',
  severity: 'warning',
  summary: 'an acknowledgement accepts nothing',
  why: 'What it accepted is mended or has another name, and it would hide the next finding of its kind unseen.',
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
  *check({ intent, met }) {
    for (const acknowledgement of intent.acknowledgements) {
      if (!met.has(acknowledgement) && acknowledgement.isPartial === undefined) {
        yield {
          ...aboutAcknowledgement(acknowledgement),
          message: `no finding ${acknowledgement.rule} is left for it to accept`,
        };
      }
    }
  },
};
