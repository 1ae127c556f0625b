import { expectationsIn } from '../../model/finding';
import type { Doubt } from '../../reachability/judging/question-ends';
import {
  aboutExpectation,
  because,
  doubtsInOneLine,
  explanationInOneLine,
  orUnjudged,
} from '../judged-expectations';
import type { Example, LintRule } from '../lint-rule';
import { describeIntruders, intrudersOf } from '../unexpected-sources';

const example = (from: string): Example => ({
  manifests: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec: { selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db-ingress, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [${from}], ports: [{ port: 5432 }] }]
`,
  intent: { expectations: [{ kind: 'only-from', from: ['shop/web'], to: 'shop/db' }] },
});

/** What is wrong with the question, and no policy's doing. */
const UNANSWERABLE: readonly Doubt['code'][] = ['end-unreadable', 'service-address', 'port-name-undefined'];

export const onlyFrom: LintRule = {
  id: 'only-from',
  severity: 'error',
  summary: 'somebody reaches a workload who is not on the list of those who may',
  why:
    'The authors say who may reach the workload. Everybody else counts: workloads, pods of AKS’s own, pods that no ' +
    'manifest tells of and some rule means, and every address outside the cluster.',
  fix: 'leave them out of the rules that let them in, which the explanation names, or list them: pods by their labels as shop/app=web, a namespace as monitoring/*, any pod as any',
  sources: [],
  misses:
    'Nodes: the own one always reaches its pods. Of an address outside, pods that no manifest tells of. ' +
    'A block that is listed stands for pods in it, too. That those on the list do reach it: must-reach says so.',
  bad: example('{ namespaceSelector: {} }'),
  good: example('{ podSelector: { matchLabels: { app: web } } }'),
  *check(context) {
    for (const expectation of expectationsIn(context.intent)) {
      if (expectation.kind !== 'only-from') {
        continue;
      }
      yield* orUnjudged(expectation, function* () {
        const { from, to, port } = expectation;
        const on = port === undefined ? {} : { port };
        // Refuses ends and ports that stand for nothing, the workload itself first.
        for (const end of [to, ...from]) {
          const verdict = context.reachability.verdict({ from: end, to, ...on });
          const [doubt] = verdict.doubts;
          if (doubt !== undefined && UNANSWERABLE.includes(doubt.code)) {
            yield {
              ...aboutExpectation(expectation),
              message: `cannot be shown: ${doubtsInOneLine(verdict)}${because(expectation)}`,
            };
            return;
          }
        }
        const intruders = intrudersOf(expectation, context);
        const certain = intruders.filter((each) => each.certain);
        const [told, verb] =
          certain.length > 0
            ? [certain, 'reach it as well:']
            : [intruders, 'may reach it as well, which is not known:'];
        if (told.length > 0) {
          const end = told.find((each) => each.end !== undefined)?.end;
          yield {
            ...aboutExpectation(expectation),
            message: `others ${verb} ${describeIntruders(told, context.words)}${because(expectation)}`,
            ...(end === undefined
              ? {}
              : { witness: explanationInOneLine(context, { from: end, to, ...on }) }),
          };
        }
      });
    }
  },
};
