import { aksDocs, type Source } from './source';

/** Namespaces that AKS, or an add-on of it, fills and keeps. */
export interface SystemNamespaces {
  readonly names: readonly string[];
  /** What lives there, as the subject of a sentence. */
  readonly holds: string;
  readonly source: Source;
}

/** The namespaces of AKS that its documentation names. Extensions that users place themselves are left out. */
export const SYSTEM_NAMESPACES: readonly SystemNamespaces[] = [
  {
    names: ['kube-system', 'kube-public', 'kube-node-lease'],
    holds: 'CoreDNS, metrics-server, the tunnel to the API server and most add-ons',
    source: aksDocs('core-aks-concepts.md'),
  },
  {
    names: ['gatekeeper-system'],
    holds: 'the admission webhook of Azure Policy',
    source: aksDocs('pci-network.md'),
  },
  {
    names: ['aks-istio-system', 'aks-istio-ingress', 'aks-istio-egress'],
    holds: 'the Istio add-on',
    source: aksDocs('istio-deploy-ingress.md'),
  },
  {
    names: ['app-routing-system'],
    holds: 'the ingress controller of application routing',
    source: aksDocs('app-routing.md'),
  },
  {
    names: ['calico-system', 'tigera-operator'],
    holds: 'Calico itself',
    source: aksDocs('use-network-policies.md'),
  },
  {
    names: ['aks-command', 'azure-arc'],
    holds: "Azure's own access to the cluster",
    source: aksDocs('command-invoke.md'),
  },
];

/** The entry of a namespace that belongs to AKS. */
export function systemNamespace(name: string): SystemNamespaces | undefined {
  return SYSTEM_NAMESPACES.find(({ names }) => names.includes(name));
}
