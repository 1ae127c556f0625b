import { listWords } from '../../model/word-list';
import { andOrSlips } from '../and-or';
import { namesForeignLabel } from '../completeness';
import { about } from '../context';
import { write } from '../fix';
import { meansInVain } from '../in-vain';
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
metadata: { name: db, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }] }]
`;

export const peerMatchesNothing: LintRule = {
  id: 'peer-matches-nothing',
  severity: 'warning',
  summary: 'a peer selects pods by labels that no workload of its namespaces carries',
  why: 'Such an entry allows nobody, so what it should allow is cut off; most often a label is misspelt or has changed.',
  fix: 'select by labels that the pods carry (those of the pod template, not of the Deployment)',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'Pods that somebody makes from another object, such as a Prometheus, a HelmRelease or an Argo CD Application, where ' +
    'these may be the ones. Namespaces of which no workload is given, and namespaces selected by other labels than ' +
    'their name: the pods may stand in what is not given. Selectors that only exclude. Labels that only live pods ' +
    'carry, and those of a domain of which no workload has any: an operator or a webhook may set them. kube-system ' +
    'without CoreDNS.',
  bad: { manifests: example('order') },
  good: { manifests: example('orders') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const rule of context.rulesInForce(policy)) {
        for (const [i, peer] of (rule.peers ?? []).entries()) {
          const where = meansInVain(context, policy, rule, i, peer);
          if (
            where === undefined ||
            peer.kind !== 'pods' ||
            [...andOrSlips(context, policy, rule)].some(({ pods }) => pods === peer)
          ) {
            continue;
          }
          const workloads = where.flatMap((name) => context.workloadsIn(name));
          const suggestion = suggestLabel(peer.pods, workloads);
          if (suggestion === undefined && namesForeignLabel(context, peer.pods)) {
            continue;
          }
          const field = peer.podsAt ?? peer.at;
          yield {
            ...about(policy),
            field,
            message:
              `no workload of namespace${where.length === 1 ? '' : 's'} ${listWords(where)} has these labels` +
              `${suggestion === undefined ? '' : `; ${suggestion.words}`}`,
            ...(suggestion?.selector === undefined ? {} : { fix: write(policy, field, suggestion.selector) }),
          };
        }
      }
    }
  },
};
