import { judgePairs } from '../judged-expectations';
import type { Example, LintRule } from '../lint-rule';

const example = (from: string): Example => ({
  manifests: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec: { template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db-ingress, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }], ports: [{ port: 5432 }] }]
`,
  intent: {
    expectations: [
      { kind: 'must-reach', from: 'shop/web', to: 'shop/db', port: '5432', reason: 'orders are kept there' },
    ],
  },
});

export const mustReach: LintRule = {
  id: 'must-reach',
  severity: 'error',
  summary: 'a connection that is expected is not allowed, or cannot be shown to be',
  why:
    'The authors say that this connection has to work. It counts only when all of it is surely allowed; without a ' +
    'port any one port will do.',
  fix: 'allow it on both sides, or take the expectation out',
  sources: [],
  bad: example('batch'),
  good: example('web'),
  check: (context) =>
    judgePairs(context, 'must-reach', ({ verdict, question, ports, possiblePorts }) =>
      verdict === 'allowed' || (question.port === undefined && !ports.isEmpty)
        ? undefined
        : verdict === 'denied'
          ? 'it is denied'
          : `only a part of it is allowed, on ${possiblePorts}`,
    ),
};
