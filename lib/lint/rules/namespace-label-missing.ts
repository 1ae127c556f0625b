import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { about } from '../context';
import { write } from '../fix';
import { missingNamespace } from '../in-vain';
import type { LintRule } from '../lint-rule';

const example = (key: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ to: [{ namespaceSelector: { matchLabels: { ${key}: kube-system } } }] }]
`;

export const namespaceLabelMissing: LintRule = {
  id: 'namespace-label-missing',
  severity: 'warning',
  summary: 'a namespace selector asks for a label that no namespace carries',
  why:
    'It selects no namespace, so the entry allows nobody. Of itself a namespace carries only ' +
    `${NAMESPACE_NAME_LABEL}; name: kube-system selects nothing unless somebody set that label.`,
  fix: {
    yaml: `select by name: namespaceSelector: { matchLabels: { ${NAMESPACE_NAME_LABEL}: kube-system } }`,
    code: "select by name: NamespaceSelector.named('kube-system')",
  },
  sources: [
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'kubernetes v1.34.1, test/e2e/network/netpol', read: '2026-11-22' },
  ],
  misses:
    'Any other label, as long as namespaces may exist that are not given or not declared: one of them may carry it.',
  bad: { manifests: example('name') },
  good: { manifests: example(NAMESPACE_NAME_LABEL) },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const { peers = [] } of context.rulesInForce(policy)) {
        for (const peer of peers) {
          const isOfNamespaces = peer.kind === 'pods' && typeof peer.namespaces !== 'string';
          const found = isOfNamespaces ? missingNamespace(context, peer.namespaces) : undefined;
          if (isOfNamespaces && found !== undefined) {
            const { message, right } = found;
            const field = peer.namespacesAt ?? peer.at;
            yield {
              ...about(policy),
              field,
              message,
              ...(right === undefined ? {} : { fix: write(policy, field, right) }),
            };
          }
        }
      }
    }
  },
};
