import { aksDocs, type Source } from './source';

/**
 * Namespaces that Kubernetes, AKS or an add-on of it fills. Their policies are AKS's own affair: some break
 * add-ons, and AKS Automatic refuses them.
 */
export const SYSTEM_NAMESPACES: readonly string[] = [
  'aks-command',
  'aks-istio-egress',
  'aks-istio-ingress',
  'aks-istio-system',
  'app-routing-system',
  'azappconfig-system',
  'azure-arc',
  'calico-system',
  'dapr-system',
  'gadget',
  'gatekeeper-system',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'tigera-operator',
];

export const SYSTEM_NAMESPACES_SOURCES: readonly Source[] = [
  aksDocs('faq.yml'),
  aksDocs('core-aks-concepts.md'),
  aksDocs('istio-deploy-ingress.md'),
];

/** Whether a namespace is none of the user's own. */
export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACES.includes(name) || name.startsWith('kaito-');
}
