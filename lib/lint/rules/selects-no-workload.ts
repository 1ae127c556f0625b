import type { PolicyEntry } from '../../model/cluster';
import type { LabelSelector } from '../../model/label-selector';
import { namesForeignLabel } from '../completeness';
import { about, type LintContext } from '../context';
import { type EditFix, write } from '../fix';
import { selectsInVain } from '../in-vain';
import { withNames } from '../keeps-names';
import { suggestLabel } from '../label-suggestion';
import type { LintRule } from '../lint-rule';

const example = (app: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: orders }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: orders, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${app} } }, policyTypes: [Ingress] }
`;

export const selectsNoWorkload: LintRule = {
  id: 'selects-no-workload',
  severity: 'warning',
  summary: 'a policy selects no workload of its namespace',
  why: 'A policy that selects nothing protects nothing; most often a label is misspelt or has changed.',
  fix: 'select by labels that the pods carry (those of the pod template, not of the Deployment)',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'Pods that somebody makes from another object, such as a Prometheus, a HelmRelease or an Argo CD Application, where ' +
    'these may be the ones. A namespace of which no workload is given: its pods may stand elsewhere. A policy for every ' +
    'pod of the namespace, or for all but some, which waits for pods to come. Labels that only live pods carry, and ' +
    'those of a domain of which no workload has any, such as cnpg.io/cluster: an operator or a webhook may set them. ' +
    'Pods with these labels that no policy holds, such as those on their node’s network.',
  bad: { manifests: example('order') },
  good: { manifests: example('orders') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      const namespace = selectsInVain(context, policy);
      if (namespace === undefined) {
        continue;
      }
      const { pods: selector, at } = policy.rules.subject;
      const suggestion = suggestLabel(selector, context.workloadsIn(namespace));
      if (suggestion === undefined && namesForeignLabel(context, selector)) {
        continue;
      }
      yield {
        ...about(policy),
        field: at,
        message: `no workload of namespace ${namespace} has these labels${suggestion === undefined ? '' : `; ${suggestion.words}`}`,
        ...(suggestion?.selector === undefined ? {} : { fix: holding(policy, suggestion.selector, context) }),
      };
    }
  },
};

/** It holds pods from then on, and they must still be able to ask for names. */
function holding(policy: PolicyEntry, selector: LabelSelector, context: LintContext): EditFix {
  const selecting = write(policy, policy.rules.subject.at, selector);
  return policy.rules.egress.isolates ? withNames(selecting, policy, context) : selecting;
}
