import type { ContainerPort } from '../model/cluster';
import type { Labels } from '../model/labels';
import type { WorkloadKind } from '../model/object-kinds';
import type { NetworkPlugin } from './engines';
import { aksDocs, type FactSource } from './fact-source';

/** Pods that AKS or one of its add-ons runs. */
export interface SystemPods {
  readonly namespace: string;
  /** Their documented labels. Left out if none are documented: then any pod of the namespace may be meant. */
  readonly labels?: Labels;
  readonly source: FactSource;
}

/** A workload that is assumed in every cluster. */
export interface SystemWorkload extends SystemPods {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** The add-on it belongs to; left out for what every cluster has. */
  readonly addOn?: AddOn;
  /** Set if each revision of the add-on has one, named with `-asm-` and the revision at the end. */
  readonly isRevisioned?: true;
  /** The documented ports of its containers. */
  readonly ports?: readonly ContainerPort[];
  /** Whether its pods have addresses of their own, if that depends on the network plugin. */
  readonly addresses?: PodAddresses;
}

/** An add-on with pods. A cluster's profile does not say whether it is on. */
export type AddOn =
  | 'managed Prometheus'
  | 'Advanced Container Networking Services'
  | 'application routing'
  | 'the Istio add-on';

/** The network plugins with which pods have the address of their node. */
export interface PodAddresses {
  readonly ofNodes: readonly NetworkPlugin[];
  /** The plugins for which it is not documented. */
  readonly unknown: readonly NetworkPlugin[];
  readonly source: FactSource;
}

const READ = '2026-11-23';

const file = (from: string, read = READ): FactSource => ({ from, read });

/** The page that lists AKS's system Deployments by name. */
const NAMES = aksDocs('automatic/aks-automatic-managed-system-node-pools-about.md');

/** A Deployment of every cluster, of which only the name is documented. */
const named = (name: string): SystemWorkload => ({
  kind: 'Deployment',
  namespace: 'kube-system',
  name,
  source: NAMES,
});

/**
 * AKS's name servers, the pods behind the `kube-dns` Service. They also run in clusters with LocalDNS.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/best-practices-ml-ops.md (the policy sample that allows DNS), read
 *   2026-11-22
 */
export const CORE_DNS = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'coredns',
  labels: { 'k8s-app': 'kube-dns' },
  /** UDP, and TCP for answers that do not fit into a datagram. */
  port: 53,
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
  source: aksDocs('coredns-troubleshoot.md'),
} as const satisfies SystemWorkload & { readonly port: number };

/** The agents through which the API server reaches pods. AKS's own network policy selects them by this label. */
export const KONNECTIVITY_AGENTS: SystemWorkload = {
  ...named('konnectivity-agent'),
  labels: { app: 'konnectivity-agent' },
  addresses: { ofNodes: ['kubenet'], unknown: ['none'], source: aksDocs('configure-kubenet.md') },
  source: file(
    'MicrosoftDocs/SupportArticles-docs, support/azure/azure-kubernetes/connectivity/troubleshoot-connection-pods-services-same-cluster.md',
  ),
};

/** The replicas of Azure Monitor's Prometheus agent, which scrape pods; its agents on nodes scrape only their node. */
export const METRICS_SCRAPERS: SystemWorkload = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'ama-metrics',
  labels: { rsName: 'ama-metrics' },
  addOn: 'managed Prometheus',
  source: file(
    'Azure/prometheus-collector, otelcollector/deploy/addon-chart/azure-monitor-metrics-addon/templates/ama-metrics-deployment.yaml',
  ),
};

/** Serves observed traffic. It comes with observability, about which `acns` of a profile says nothing. */
const HUBBLE_RELAY: SystemWorkload = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'hubble-relay',
  labels: { 'k8s-app': 'hubble-relay' },
  addOn: 'Advanced Container Networking Services',
  source: aksDocs('container-network-observability-how-to.md'),
};

/** The ingress controllers (nginx) of application routing. The file also has the name and the ports, read 2026-11-30. */
export const APPLICATION_ROUTING: SystemWorkload = {
  kind: 'Deployment',
  namespace: 'app-routing-system',
  name: 'nginx',
  labels: {
    'app.kubernetes.io/component': 'ingress-controller',
    'app.kubernetes.io/managed-by': 'aks-app-routing-operator',
  },
  addOn: 'application routing',
  ports: [
    { port: 80, protocol: 'TCP', name: 'http' },
    { port: 443, protocol: 'TCP', name: 'https' },
    { port: 10254, protocol: 'TCP', name: 'prometheus' },
  ],
  source: file(
    'Azure/aks-app-routing-operator, pkg/manifests/fixtures/nginx/dalec/default_version/full.yaml',
  ),
};

/** @see MicrosoftDocs/azure-aks-docs, articles/aks/istio-upgrade.md (names with revisions), read 2026-11-30 */
const ISTIO = { kind: 'Deployment', addOn: 'the Istio add-on', isRevisioned: true } as const;

/** The two ingress gateways of the Istio add-on. */
export const ISTIO_INGRESS_GATEWAYS: Readonly<Record<'external' | 'internal', SystemWorkload>> = {
  external: istioIngressGateway('external'),
  internal: istioIngressGateway('internal'),
};

function istioIngressGateway(side: 'external' | 'internal'): SystemWorkload {
  const name = `aks-istio-ingressgateway-${side}`;
  return {
    ...ISTIO,
    namespace: 'aks-istio-ingress',
    name,
    labels: { istio: name },
    source: aksDocs('istio-deploy-ingress.md'),
  };
}

/** The control plane of the Istio add-on. The port is Istio's own; AKS's pages do not name it. */
export const ISTIOD = {
  ...ISTIO,
  namespace: 'aks-istio-system',
  name: 'istiod',
  port: 15012,
  ports: [{ port: 15012, protocol: 'TCP' }],
  source: file('istio/istio, manifests/charts/istio-control/istio-discovery/templates/service.yaml'),
} as const satisfies SystemWorkload & { readonly port: number };

/**
 * The workloads of AKS that manifests do not declare. Agents on each node, such as those of engines, are left out: it is
 * not documented which of them have their node's address, and policies do not see such pods.
 */
export const SYSTEM_WORKLOADS: readonly SystemWorkload[] = [
  CORE_DNS,
  named('coredns-autoscaler'),
  KONNECTIVITY_AGENTS,
  named('konnectivity-agent-autoscaler'),
  named('metrics-server'),
  METRICS_SCRAPERS,
  HUBBLE_RELAY,
  APPLICATION_ROUTING,
  ...Object.values(ISTIO_INGRESS_GATEWAYS),
  ISTIOD,
];

/** A caching name server that somebody installed on each node, as Kubernetes describes it. AKS does not install it. */
export const NODE_LOCAL_DNS: SystemPods & { readonly port: number } = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'node-local-dns' },
  port: 53,
  source: aksDocs('azure-cni-powered-by-cilium.md'),
};

/**
 * The label with the Gateway's name on pods that a controller makes for a Gateway.
 *
 * @see istio.io/latest/docs/reference/config/labels, read 2026-11-23
 */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
