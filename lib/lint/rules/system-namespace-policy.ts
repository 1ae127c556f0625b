import { aksDocs } from '../../aks/fact-source';
import {
  isSystemNamespace,
  SYSTEM_NAMESPACES_SOURCES,
  systemNamespaceHolds,
} from '../../aks/system-namespaces';
import { about } from '../context';
import { networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

/** What the add-on manager of AKS puts on the objects that it keeps. */
const KEPT_BY_AKS = 'addonmanager.kubernetes.io/mode';

const example = (namespace: string) => networkPolicy('deny', { podSelector: {} }, namespace);

export const systemNamespacePolicy: LintRule = {
  id: 'system-namespace-policy',
  severity: 'warning',
  summary: 'a policy stands in a namespace that AKS keeps',
  why:
    'Add-ons talk to the API server, to nodes and to Azure in ways that are not documented and change: a policy in ' +
    'kube-system once cut metrics-server off. AKS Automatic with managed system node pools refuses objects there.',
  fix: 'leave these namespaces to AKS, and write the policy on the side of your own pods',
  sources: [
    ...SYSTEM_NAMESPACES_SOURCES,
    { from: 'Azure/AKS#1563', read: '2026-11-22' },
    aksDocs('automatic/aks-automatic-managed-system-node-pools-about.md'),
  ],
  misses: 'Namespaces of extensions that users place and name.',
  bad: { manifests: example('kube-system') },
  good: { manifests: example('shop') },
  *check({ cluster }) {
    for (const policy of cluster.policies) {
      const { namespace } = policy;
      if (
        namespace !== undefined &&
        isSystemNamespace(namespace) &&
        policy.written.metadata.labels?.[KEPT_BY_AKS] === undefined
      ) {
        yield {
          ...about(policy),
          message: `namespace ${namespace} holds ${systemNamespaceHolds(namespace)}; AKS Automatic with managed system node pools refuses it`,
        };
      }
    }
  },
};
