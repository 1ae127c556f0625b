import type { FactSource } from './fact-source';

/** The port names of sidecars that webhooks add to pods, so that no manifest declares them. */
export const INJECTED_PORT_NAMES: readonly string[] = [
  'dapr-debug',
  'dapr-grpc',
  'dapr-http',
  'dapr-internal',
  'dapr-metrics',
  'http-envoy-prom',
  'linkerd-admin',
  'linkerd-proxy',
];

export const INJECTED_PORT_SOURCES: readonly FactSource[] = [
  { from: 'dapr/dapr, pkg/injector/consts/consts.go', read: '2026-11-30' },
  {
    from: 'istio/istio, manifests/charts/istio-control/istio-discovery/files/injection-template.yaml',
    read: '2026-11-30',
  },
  { from: 'linkerd/linkerd2, charts/partials/templates/_proxy.tpl', read: '2026-11-30' },
];
