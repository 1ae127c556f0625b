import { ApiObject, App, Chart } from 'cdk8s';

const NAMESPACE = 'pets';

/** The policies of the AKS store: nothing reaches its pods but the store front, and that its services. */
export function storePolicies(): Chart {
  const chart = new Chart(new App(), 'aks-store');
  new ApiObject(chart, 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  const deny = policy(chart, 'default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
  policy(chart, 'store-front', {
    podSelector: { matchLabels: { app: 'store-front' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
  }).addDependency(deny);
  for (const [service, port] of [
    ['order-service', 3000],
    ['product-service', 3002],
  ] as const) {
    policy(chart, service, {
      podSelector: { matchLabels: { app: service } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: 'store-front' } } }],
          ports: [{ port, protocol: 'TCP' }],
        },
      ],
    }).addDependency(deny);
  }
  return chart;
}

function policy(chart: Chart, name: string, spec: object): ApiObject {
  return new ApiObject(chart, name, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: NAMESPACE },
    spec,
  });
}
