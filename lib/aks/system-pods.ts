import type { ContainerPort } from '../model/cluster';
import type { Labels } from '../model/labels';
import type { WorkloadKind } from '../model/object-kinds';
import type { NetworkPlugin } from './engines';
import { aksDocs, type Source } from './fact-source';

/** Pods that AKS or an add-on of it runs. */
export interface SystemPods {
  readonly namespace: string;
  /**
   * Those by which a source knows them. Left out: every pod of the namespace, because no source tells labels.
   */
  readonly labels?: Labels;
  readonly source: Source;
}

/** Such pods with the controller that makes them: what can be assumed where no manifest declares it. */
export interface SystemWorkload extends SystemPods {
  readonly kind: WorkloadKind;
  /** The controller's. */
  readonly name: string;
  /** The add-on that brings it; left out for what every cluster has. */
  readonly addOn?: AddOn;
  /** Set where each revision of the add-on has one, and its name ends in `-asm-` and the revision. */
  readonly isRevisioned?: true;
  /** What its containers listen on, as far as a source tells. */
  readonly ports?: readonly ContainerPort[];
  /** Where its pods have addresses of their own, if that depends on the network. */
  readonly addresses?: PodAddresses;
}

/** An add-on that brings pods. No field of a cluster's profile tells whether it is on. */
export type AddOn =
  | 'managed Prometheus'
  | 'Advanced Container Networking Services'
  | 'application routing'
  | 'the Istio add-on';

/** How the addresses of pods depend on the network plugin. */
export interface PodAddresses {
  readonly ofNodes: readonly NetworkPlugin[];
  /** No source tells. */
  readonly unknown: readonly NetworkPlugin[];
  readonly source: Source;
}

const READ = '2026-11-23';

/** A file of a repository on GitHub. */
const file = (from: string, read = READ): Source => ({ from, read });

/** The page that lists the Deployments of AKS's own system pods by name. */
const NAMES = aksDocs('automatic/aks-automatic-managed-system-node-pools-about.md');

/** What every cluster has and of which a source tells the name alone. */
const named = (name: string): SystemWorkload => ({
  kind: 'Deployment',
  namespace: 'kube-system',
  name,
  source: NAMES,
});

/**
 * The cluster's own name servers on AKS: the pods that answer on the `kube-dns` Service. LocalDNS does not take them
 * away.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/best-practices-ml-ops.md (the policy sample that allows DNS), read
 *   2026-11-22
 */
export const CORE_DNS = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'coredns',
  labels: { 'k8s-app': 'kube-dns' },
  /** UDP, and TCP for answers that do not fit a datagram. */
  port: 53,
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
  source: aksDocs('coredns-troubleshoot.md'),
} as const satisfies SystemWorkload & { readonly port: number };

/**
 * The agents through which the API server reaches pods. The label is the one that AKS's own network policy for
 * them selects by.
 */
export const KONNECTIVITY_AGENTS: SystemWorkload = {
  ...named('konnectivity-agent'),
  labels: { app: 'konnectivity-agent' },
  addresses: { ofNodes: ['kubenet'], unknown: ['none'], source: aksDocs('configure-kubenet.md') },
  source: file(
    'MicrosoftDocs/SupportArticles-docs, support/azure/azure-kubernetes/connectivity/troubleshoot-connection-pods-services-same-cluster.md',
  ),
};

/** The replicas of Azure Monitor's Prometheus agent, which scrape pods; its agent on each node scrapes the node. */
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

/** What hands out observed traffic. It is there with observability, which `acns` of a profile tells nothing about. */
const HUBBLE_RELAY: SystemWorkload = {
  kind: 'Deployment',
  namespace: 'kube-system',
  name: 'hubble-relay',
  labels: { 'k8s-app': 'hubble-relay' },
  addOn: 'Advanced Container Networking Services',
  source: aksDocs('container-network-observability-how-to.md'),
};

/** The ingress controllers (nginx) of application routing. Name and ports stand in the same file, read 2026-11-30. */
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

/** The control plane of the Istio add-on. The port is Istio's own; no page of AKS tells it. */
export const ISTIOD = {
  ...ISTIO,
  namespace: 'aks-istio-system',
  name: 'istiod',
  port: 15012,
  ports: [{ port: 15012, protocol: 'TCP' }],
  source: file('istio/istio, manifests/charts/istio-control/istio-discovery/templates/service.yaml'),
} as const satisfies SystemWorkload & { readonly port: number };

/**
 * The pods of AKS's own, of which manifests say nothing. Agents on each node, such as those of network policy engines,
 * are not among them: no source tells which of them have their node's address, and what has is no pod to a policy.
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

/** A caching name server that somebody installed on each node, as Kubernetes describes it: none of AKS's own. */
export const NODE_LOCAL_DNS: SystemPods & { readonly port: number } = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'node-local-dns' },
  port: 53,
  source: aksDocs('azure-cni-powered-by-cilium.md'),
};

/**
 * The label by which a controller marks what it made for a Gateway: its pods carry the Gateway's name.
 *
 * @see istio.io/latest/docs/reference/config/labels, read 2026-11-23
 */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
