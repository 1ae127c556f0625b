import { isSystemNamespace, systemNamespaceHolds } from '../../aks/system-namespaces';
import { eachPolicy, type LintRule } from '../lint-rule';

/** What the add-on manager of AKS puts on the objects that it keeps. */
const KEPT_BY_AKS = 'addonmanager.kubernetes.io/mode';

export const systemNamespacePolicy: LintRule = {
  id: 'system-namespace-policy',
  severity: 'warning',
  summary: 'a policy stands in a namespace that AKS keeps',
  fix: 'leave these namespaces to AKS, and write the policy on the side of your own pods',
  check: eachPolicy(function* ({ namespace, written }) {
    const isKept = written.metadata.labels?.[KEPT_BY_AKS] !== undefined;
    if (namespace !== undefined && isSystemNamespace(namespace) && !isKept) {
      yield {
        message: `namespace ${namespace} holds ${systemNamespaceHolds(namespace)}; AKS Automatic with managed system node pools refuses it`,
      };
    }
  }),
};
