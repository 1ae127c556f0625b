import type { Labels } from '../model/labels';
import { aksDocs, type Source } from './source';

/** Pods that AKS or an add-on of it runs. */
export interface SystemPods {
  readonly namespace: string;
  /** Left out: every pod of the namespace, because no source tells labels. */
  readonly labels?: Labels;
  readonly source: Source;
}

const READ = '2026-11-23';

/** A file of a repository on GitHub. */
const file = (from: string, read = READ): Source => ({ from, read });

/**
 * The agents through which the API server reaches pods. The label is the one that AKS's own network policy for
 * them selects by.
 */
export const KONNECTIVITY_AGENTS: SystemPods = {
  namespace: 'kube-system',
  labels: { app: 'konnectivity-agent' },
  source: file(
    'MicrosoftDocs/SupportArticles-docs, support/azure/azure-kubernetes/connectivity/troubleshoot-connection-pods-services-same-cluster.md',
  ),
};

/** The replicas of Azure Monitor's Prometheus agent, which scrape pods; its agent on each node scrapes the node. */
export const METRICS_SCRAPERS: SystemPods = {
  namespace: 'kube-system',
  labels: { rsName: 'ama-metrics' },
  source: file(
    'Azure/prometheus-collector, otelcollector/deploy/addon-chart/azure-monitor-metrics-addon/templates/ama-metrics-deployment.yaml',
  ),
};

/** The ingress controllers (nginx) of application routing. */
export const APPLICATION_ROUTING: SystemPods = {
  namespace: 'app-routing-system',
  labels: {
    'app.kubernetes.io/component': 'ingress-controller',
    'app.kubernetes.io/managed-by': 'aks-app-routing-operator',
  },
  source: file(
    'Azure/aks-app-routing-operator, pkg/manifests/fixtures/nginx/dalec/default_version/full.yaml',
  ),
};

/** The two ingress gateways of the Istio add-on. */
export const ISTIO_INGRESS_GATEWAYS: Readonly<Record<'external' | 'internal', SystemPods>> = {
  external: {
    namespace: 'aks-istio-ingress',
    labels: { istio: 'aks-istio-ingressgateway-external' },
    source: aksDocs('istio-deploy-ingress.md'),
  },
  internal: {
    namespace: 'aks-istio-ingress',
    labels: { istio: 'aks-istio-ingressgateway-internal' },
    source: aksDocs('istio-deploy-ingress.md'),
  },
};

/** The control plane of the Istio add-on. The port is Istio's own; no page of AKS tells it. */
export const ISTIOD: SystemPods & { readonly port: number } = {
  namespace: 'aks-istio-system',
  port: 15012,
  source: file('istio/istio, manifests/charts/istio-control/istio-discovery/templates/service.yaml'),
};

/** A caching name server that somebody installed on each node, as Kubernetes describes it. */
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
