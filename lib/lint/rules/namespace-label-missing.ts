import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { missingNamespace } from '../in-vain';
import { otherNamespaces } from '../kind-fixes';
import { eachPolicy, type LintRule } from '../lint-rule';

export const namespaceLabelMissing: LintRule = {
  id: 'namespace-label-missing',
  severity: 'warning',
  summary: 'a namespace selector asks for a label that no namespace carries',
  fix: {
    yaml: `select by name: namespaceSelector: { matchLabels: { ${NAMESPACE_NAME_LABEL}: kube-system } }`,
    code: "select by name: NamespaceSelector.named('kube-system')",
    cilium: 'select by name: k8s:io.kubernetes.pod.namespace: kube-system',
  },
  check: eachPolicy(function* (policy, context) {
    for (const { peer } of context.podPeers(policy)) {
      const found = missingNamespace(context, peer.namespaces);
      if (found !== undefined) {
        const { message, right } = found;
        const field = peer.namespacesAt ?? peer.at;
        yield {
          field,
          message,
          ...(right === undefined ? {} : { fix: otherNamespaces(policy, peer, right) }),
        };
      }
    }
  }),
};
