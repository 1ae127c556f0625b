import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import answers from '../corpus/api-server-answers.json';

const SPECIAL = `# One of everything
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata:
      name: web-7d-x
      labels: &labels {app: web, pod-template-hash: 7d}
      ownerReferences: [{kind: ReplicaSet, name: web-7d, controller: true}]
    spec: {nodeName: node-1, containers: [{ports: [{name: http, containerPort: 0x50}]}]}
    status: {phase: Running, podIPs: [{ip: 10.0.0.1}]}
  - kind: NetworkPolicy
    apiVersion: networking.k8s.io/v1
    metadata: {name: all, labels: *labels}
    spec:
      podSelector: {<<: {matchLabels: {app: "web"}}}
      egress: [{to: [{ipBlock: {cidr: "10.0.0.0/8"}}], ports: [{port: 80, endPort: 090}]}]
...
---
apiVersion: v1
kind: ConfigMap
metadata: {name: text}
data:
  a: |
    folded
  b: >-
    text
`;

const CALLERS = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: checks}
webhooks:
  - name: a.example.com
    clientConfig: {service: {namespace: shop, name: checks, port: 8443}}
  - {name: b.example.com, clientConfig: {url: "https://checks.example.com"}}
---
{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfigurationList, items: [{metadata: {name: more}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front, namespace: edge}
spec:
  gatewayClassName: approuting-istio
  listeners:
    - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com"}
    - {name: tcp, port: 5432, protocol: TCP, allowedRoutes: {kinds: [{kind: TCPRoute}], namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {service: {namespace: shop, name: checks, port: 8443}}}}}
---
{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.example.com}, spec: {service: {namespace: shop, name: checks}}}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: db, namespace: shop}
spec:
  parentRefs: [{name: front, namespace: edge, sectionName: tcp, port: 5432}]
  rules: [{backendRefs: [{name: db, port: 5432, weight: 0}, {name: web, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: front, namespace: edge}, {kind: Service, name: mesh}]
  rules: [{backendRefs: [{name: web, port: 80}, null]}]
---
apiVersion: azmonitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  namespaceSelector: {any: false, matchNames: [shop, lab]}
  endpoints: [{port: http}, {targetPort: 9090, relabelings: [{action: keep}]}, {targetPort: metrics}]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: web, namespace: shop}
spec: {selector: {}, podMetricsEndpoints: [{port: http}, {portNumber: 9090}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: edge}
spec: {selector: {istio: aks-istio-ingressgateway-external}}
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  gateways: [edge/front, mesh]
  exportTo: [., aks-istio-ingress]
  http:
    - match: [{gateways: [edge/front]}, {sourceLabels: {app: web}}]
      route:
        - {destination: {host: web.shop.svc.cluster.local, port: {number: 80}}, weight: 90}
        - {destination: {host: web, subset: v2}, weight: 10}
  tcp: [{route: [{destination: {host: db}}]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata:
      labels: {app: web}
      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090"}
    spec: {automountServiceAccountToken: false, serviceAccountName: web, dnsPolicy: None}
`;

/** Texts to mutate: the example apps, what the API server was asked, who calls pods, and everything that YAML has. */
export function seeds(): string[] {
  const policies = answers.cases.map(({ policy }) => policy);
  return [
    SPECIAL,
    CALLERS,
    ...synthesizedApps(),
    ...policies.map((policy) => dump(policy)),
    ...policies.map((policy) => JSON.stringify(policy, null, 2)),
    policies
      .slice(0, 5)
      .map((policy) => dump(policy))
      .join('---\n'),
    `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: policies.slice(0, 4) })}\n`,
  ];
}

function synthesizedApps(): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'apps-'));
  process.env.CDK8S_OUTDIR = outdir;
  try {
    require('../../apps/main');
    return readdirSync(outdir).map((name) => readFileSync(join(outdir, name), 'utf8'));
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}
