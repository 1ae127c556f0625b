import type { Variant } from './fix-variants';
import { app, policy, service, workload } from './judge';

const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);
const deny = policy('shop/default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const toWeb = service('shop/web', { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 8080 }] });
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'checks' },
  webhooks: [{ name: 'a.example.com', clientConfig: { service: { namespace: 'shop', name: 'web' } } }],
};

/** Of the rules about who calls pods. */
export const CALLER_VARIANTS: readonly Variant[] = [
  {
    rule: 'webhook-cut-off',
    why: 'an aggregated API and objects that are converted',
    objects: [
      {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1.example.com' },
        spec: { service: { namespace: 'shop', name: 'web' } },
      },
      toWeb,
      web,
      deny,
    ],
  },
  {
    rule: 'webhook-cut-off',
    why: 'every address beside nobody else, where a block matches no agent',
    on: ['cilium'],
    objects: [
      webhook,
      toWeb,
      web,
      policy('shop/web', {
        podSelector: app('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 8080 }] }],
      }),
    ],
  },
  {
    rule: 'ingress-controller-cut-off',
    why: 'a GRPCRoute and its gateway',
    objects: [
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'front', namespace: 'shop' },
        spec: {
          gatewayClassName: 'approuting-istio',
          listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GRPCRoute',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { parentRefs: [{ name: 'front' }], rules: [{ backendRefs: [{ name: 'web', port: 443 }] }] },
      },
      toWeb,
      web,
      deny,
    ],
  },
  ...(['monitoring.coreos.com', 'azmonitoring.coreos.com'] as const).map((group) => ({
    rule: 'metrics-scraper-cut-off' as const,
    why: `a PodMonitor of ${group}, where a Prometheus is`,
    objects: [
      {
        apiVersion: `${group}/v1`,
        kind: 'PodMonitor',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { selector: app('web'), podMetricsEndpoints: [{ port: 'http' }] },
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        metadata: { name: 'main', namespace: 'tools' },
        spec: {},
      },
      web,
      deny,
    ],
  })),
];
