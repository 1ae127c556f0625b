import type { LabelSelector } from '../../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { requirementsOf } from '../../model/selector-match';
import { about, type LintContext } from '../context';
import { isNaming, namespacesMeant } from '../known';
import { suggestLabel } from '../label-suggestion';
import { isNameSlip } from '../name-slip';
import type { Rule } from '../rule';
import { listWords } from '../words';

const example = (key: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ to: [{ namespaceSelector: { matchLabels: { ${key}: kube-system } } }] }]
`;

export const namespaceLabelMissing: Rule = {
  id: 'namespace-label-missing',
  severity: 'warning',
  summary: 'a namespace selector asks for a label that no namespace carries',
  why:
    'It selects no namespace, so the entry allows nobody. Of itself a namespace carries only ' +
    `${NAMESPACE_NAME_LABEL}; name: kube-system selects nothing unless somebody set that label.`,
  fix: `select by name: ${NAMESPACE_NAME_LABEL}: kube-system`,
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
          const found = isOfNamespaces ? judge(context, peer.namespaces) : undefined;
          if (isOfNamespaces && found !== undefined) {
            yield { ...about(policy), field: peer.namespacesAt ?? peer.at, ...found };
          }
        }
      }
    }
  },
};

function judge(context: LintContext, selector: LabelSelector) {
  if (!isNaming(selector)) {
    return undefined;
  }
  const { sure, inDoubt, isComplete } = namespacesMeant(context, selector);
  if (sure.length > 0) {
    return undefined;
  }
  const slip = requirementsOf(selector).find((requirement) => isNameSlip(context, requirement));
  if (slip !== undefined) {
    const { key, values = [] } = slip;
    const names = values.join(', ');
    const right =
      values.length === 1
        ? `${NAMESPACE_NAME_LABEL}: ${names}`
        : `{ key: ${NAMESPACE_NAME_LABEL}, operator: In, values: [${names}] }`;
    return {
      message: `no manifest gives namespace ${names} the label ${key}: ${names}; of itself it carries only ${NAMESPACE_NAME_LABEL}`,
      fix: `write ${right}`,
    };
  }
  if (inDoubt.length > 0 || !isComplete) {
    return undefined;
  }
  const namespaces = context.cluster.namespaces.map((namespace) => ({
    name: namespace.name,
    labels: { ...namespace.labels, [NAMESPACE_NAME_LABEL]: namespace.name },
  }));
  const suggestion = suggestLabel(selector, namespaces);
  const labels = requirementsOf(selector).map(({ key, operator, values = [] }) =>
    operator === 'In' && values.length === 1 ? `${key}=${values[0]}` : key,
  );
  return {
    message: `no namespace carries ${listWords(labels)}${suggestion === undefined ? '' : `; ${suggestion}`}`,
  };
}
