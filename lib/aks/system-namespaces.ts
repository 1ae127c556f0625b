import { aksDocs, type FactSource } from './fact-source';

/**
 * The namespaces of Kubernetes, AKS and its add-ons, and what runs there, as the subject of a sentence. A policy of yours
 * there may break add-ons; AKS Automatic refuses it.
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

export const SYSTEM_NAMESPACES_SOURCES: readonly FactSource[] = [
  aksDocs('faq.yml'),
  aksDocs('core-aks-concepts.md'),
  aksDocs('istio-deploy-ingress.md'),
  aksDocs('pci-network.md'),
];

/** Whether a namespace belongs to Kubernetes or AKS. */
export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACES.includes(name) || name.startsWith('kaito-');
}

/** What runs in a system namespace, as the subject of a sentence. */
export function systemNamespaceHolds(name: string): string {
  return HOLDS[name] ?? 'an extension of AKS';
}
