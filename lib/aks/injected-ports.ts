import type { Source } from './fact-source';

/** Names of ports that webhooks add to pods with a sidecar, so that no manifest declares them. */
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

export const INJECTED_PORT_SOURCES: readonly Source[] = [
  { from: 'dapr/dapr, pkg/injector/consts/consts.go', read: '2026-11-30' },
  {
    from: 'istio/istio, manifests/charts/istio-control/istio-discovery/files/injection-template.yaml',
    read: '2026-11-30',
  },
  { from: 'linkerd/linkerd2, charts/partials/templates/_proxy.tpl', read: '2026-11-30' },
];
