import { FINDINGS } from '../../model/finding';
import { constructFindings } from '../construct-findings';
import type { LintRule } from '../lint-rule';

const ID = 'custom-rule-without-peers';
const { problem, fix } = FINDINGS[ID];

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;

export const customRuleWithoutPeers: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  why:
    'The portal says so beside its form. A list that came out empty, as of a variable without entries, cuts off ' +
    'more than its author meant.',
  fix,
  sources: [
    { from: 'the Azure portal, AKS network policies, the form of a custom rule', read: '2026-11-22' },
  ],
  misses:
    'Manifests: there a rule without peers means everybody, so the constructs write no rule at all, and nothing ' +
    'tells that from a deny preset. What the constructs of a program find in themselves is told.',
  bad: {
    manifests: POLICY,
    intent: {
      programs: [
        {
          program: { name: 'main.ts' },
          findings: [
            {
              code: ID,
              at: 'rules[0]',
              message: `from: []: ${problem}; ${fix}`,
              path: 'shop/db',
              source: 'main.ts:12:5',
              reason: undefined,
            },
          ],
          acknowledgements: [],
          expectations: [],
        },
      ],
    },
  },
  good: { manifests: POLICY },
  check: (context) => constructFindings(context, ID),
};
