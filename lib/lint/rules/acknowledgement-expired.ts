import { isOver } from '../acceptances';
import { aboutAcknowledgement } from '../context';
import type { LintRule } from '../lint-rule';

const MANIFESTS = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-partner, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  egress: [{ to: [{ ipBlock: { cidr: 203.0.113.7/32 } }] }]
`;

export const acknowledgementExpired: LintRule = {
  id: 'acknowledgement-expired',
  severity: 'warning',
  summary: 'an acknowledgement is over, and what it accepted counts again',
  why: 'A finding was accepted for some time only, and that time has passed.',
  fix: 'mend what was accepted, or give a later day',
  sources: [],
  bad: {
    manifests: MANIFESTS,
    today: '2026-12-01',
    intent: { acknowledgements: [{ rule: 'rules-of-unlisted-type', reason: 'moving', until: '2026-11-30' }] },
  },
  good: {
    manifests: MANIFESTS,
    today: '2026-11-30',
    intent: { acknowledgements: [{ rule: 'rules-of-unlisted-type', reason: 'moving', until: '2026-11-30' }] },
  },
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
