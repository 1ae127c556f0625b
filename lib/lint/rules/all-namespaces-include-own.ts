import { FINDINGS } from '../../model/finding';
import { constructFindings } from '../construct-findings';
import type { LintRule } from '../lint-rule';

const ID = 'all-namespaces-include-own';
const { problem, fix } = FINDINGS[ID];

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ namespaceSelector: {} }] }] }
`;

export const allNamespacesIncludeOwn: LintRule = {
  id: ID,
  severity: 'info',
  summary: problem,
  why: 'The portal calls such a peer “other namespaces”, and the pods of its own namespace are allowed as well.',
  fix,
  sources: [
    { from: 'the Azure portal, AKS network policies, the form of a custom rule', read: '2026-11-22' },
    { from: 'kubernetes k8s.io/api networking/v1, NetworkPolicyPeer', read: '2026-11-22' },
  ],
  misses:
    'Manifests: namespaceSelector: {} is how they say “all namespaces”, so nothing tells a slip from what was ' +
    'meant. What the constructs of a program find in themselves is told.',
  bad: {
    manifests: POLICY,
    intent: {
      programs: [
        {
          program: { name: 'main.ts' },
          findings: [
            {
              code: ID,
              at: 'rules[0].from[0]',
              message: `all namespaces: ${problem}; ${fix}`,
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
