import { aksDocs, type Source } from './fact-source';

/**
 * Namespaces that Kubernetes, AKS or an add-on of it fills, and what lives there as the subject of a sentence.
 * Their policies are AKS's own affair: some break add-ons, and AKS Automatic refuses them.
 */
const HOLDS: Readonly<Record<string, string>> = {
  'aks-command': 'a part of AKS',
  'aks-istio-egress': 'the Istio add-on',
  'aks-istio-ingress': 'the Istio add-on',
  'aks-istio-system': 'the Istio add-on',
  'app-routing-system': 'the ingress controller of application routing',
  'azappconfig-system': 'an extension of AKS',
  'azure-arc': 'a part of AKS',
  'calico-system': 'Calico itself',
  'dapr-system': 'an extension of AKS',
  gadget: 'an extension of AKS',
  'gatekeeper-system': 'the webhook of Azure Policy',
  'kube-node-lease': 'a part of Kubernetes',
  'kube-public': 'a part of Kubernetes',
  'kube-system': 'CoreDNS, metrics-server, the tunnel to the API server and most add-ons',
  'tigera-operator': 'Calico itself',
};

export const SYSTEM_NAMESPACES: readonly string[] = Object.keys(HOLDS);

export const SYSTEM_NAMESPACES_SOURCES: readonly Source[] = [
  aksDocs('faq.yml'),
  aksDocs('core-aks-concepts.md'),
  aksDocs('istio-deploy-ingress.md'),
  aksDocs('pci-network.md'),
];

/** Whether a namespace is none of the user's own. */
export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACES.includes(name) || name.startsWith('kaito-');
}

/** What lives in a namespace that is none of the user's own. */
export function systemNamespaceHolds(name: string): string {
  return HOLDS[name] ?? 'an extension of AKS';
}
