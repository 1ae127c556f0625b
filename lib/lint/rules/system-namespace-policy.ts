import { isSystemNamespace, systemNamespaceHolds } from '../../aks/system-namespaces';
import type { PolicyRules } from '../../model/policy-rules';
import { eachPolicy, type LintRule } from '../lint-rule';

/** What the add-on manager of AKS puts on the objects that it keeps. */
const KEPT_BY_AKS = 'addonmanager.kubernetes.io/mode';

export const systemNamespacePolicy: LintRule = {
  id: 'system-namespace-policy',
  severity: 'warning',
  summary: 'a policy stands in a namespace that AKS keeps',
  fix: 'leave these namespaces to AKS, and write the policy on the side of your own pods',
  check: eachPolicy(function* ({ namespace, written, rules }) {
    // Of what an object says one part is enough.
    const isKept = written.metadata.labels?.[KEPT_BY_AKS] !== undefined || !isFirstPart(rules);
    if (namespace !== undefined && isSystemNamespace(namespace) && !isKept) {
      yield {
        message: `namespace ${namespace} holds ${systemNamespaceHolds(namespace)}; AKS Automatic with managed system node pools refuses it`,
      };
    }
  }),
};

function isFirstPart({ at: [list, place = 0] }: PolicyRules): boolean {
  return list === 'spec' || place === 0;
}
