import { judgePairs } from '../judged-expectations';
import type { Example, LintRule } from '../lint-rule';
import { describePorts } from '../words';

const example = (policy: string): Example => ({
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
${policy}`,
  intent: {
    expectations: [
      { kind: 'must-not-reach', from: 'shop/web', to: 'shop/db', reason: 'only the API writes' },
    ],
  },
});

const SHUT = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db-ingress, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress] }
`;

export const mustNotReach: LintRule = {
  id: 'must-not-reach',
  severity: 'error',
  summary: 'a connection that must not be is allowed, or cannot be shown to be denied',
  why:
    'The authors say that this connection must never work. It counts as shut only when no part of it is open, on no ' +
    'port, whatever is not known.',
  fix: 'isolate one side, or leave the other out of the rule that allows it, which the explanation names',
  sources: [],
  bad: example(''),
  good: example(SHUT),
  check: (context) =>
    judgePairs(context, 'must-not-reach', ({ verdict, ports, possiblePorts }) => {
      // What is surely open says enough; between some of the pods only, there may be none.
      const open = ports.isEmpty ? possiblePorts : ports;
      return verdict === 'denied' ? undefined : `it is allowed on ${describePorts(open)}`;
    }),
};
