import type { PolicyEntry } from '../../model/cluster';
import type { NetworkPolicyPeer } from '../../model/network-policy';
import { andOrSlips } from '../and-or';
import { about, type LintContext } from '../context';
import { carries, hasKnownWorkloads, isNaming, namesForeignLabel, namespacesMeant } from '../known';
import { suggestLabel } from '../label-suggestion';
import type { Rule } from '../rule';
import { listWords } from '../words';
import { rulesInForce } from '../written-rules';

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

export const peerMatchesNothing: Rule = {
  id: 'peer-matches-nothing',
  severity: 'warning',
  summary: 'a peer selects pods by labels that no workload of its namespaces carries',
  why: 'Such an entry allows nobody, so what it should allow is cut off; most often a label is misspelt or has changed.',
  fix: 'select by labels that the pods carry (those of the pod template, not of the Deployment)',
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
  ],
  misses:
    'Namespaces of which no workload is given, and namespaces selected by other labels than their name: the pods may ' +
    'stand in what is not given. Selectors that only exclude. Labels that only live pods carry, and those of a ' +
    'domain of which no workload has any: an operator or a webhook may set them. kube-system without CoreDNS.',
  bad: { manifests: example('order') },
  good: { manifests: example('orders') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const rule of rulesInForce(context, policy)) {
        for (const [i, { value, at }] of rule.peers.entries()) {
          const { possible } = context.survey.meantBy(policy, rule.direction, rule.index, i);
          const where = possible.isEmpty ? emptyPlaces(context, policy, value) : undefined;
          if (
            where === undefined ||
            [...andOrSlips(context, policy, rule)].some(({ pods }) => pods.at === at)
          ) {
            continue;
          }
          const workloads = where.flatMap((name) => context.workloadsIn(name));
          const suggestion = suggestLabel(value.podSelector ?? {}, workloads);
          if (suggestion === undefined && namesForeignLabel(context, value.podSelector ?? {})) {
            continue;
          }
          yield {
            ...about(policy),
            field: `${at}.podSelector`,
            message:
              `no workload of namespace${where.length === 1 ? '' : 's'} ${listWords(where)} has these labels` +
              `${suggestion === undefined ? '' : `; ${suggestion}`}`,
          };
        }
      }
    }
  },
};

/** The namespaces that a peer looks in who means nobody, when all of their workloads are known. */
function emptyPlaces(
  context: LintContext,
  { namespace }: PolicyEntry,
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
): readonly string[] | undefined {
  if (podSelector == null || !isNaming(podSelector)) {
    return undefined;
  }
  const meant = namespaceSelector == null ? undefined : namespacesMeant(context, namespaceSelector);
  const names = meant === undefined ? [namespace] : meant.sure.map(({ name }) => name);
  return (meant === undefined || (meant.isComplete && meant.inDoubt.length === 0)) &&
    names.length > 0 &&
    names.every((name) => hasKnownWorkloads(context, name)) &&
    !names.some((name) => context.workloadsIn(name).some((workload) => carries(workload, podSelector)))
    ? names
    : undefined;
}
