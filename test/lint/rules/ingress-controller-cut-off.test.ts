import { app, labels, ofName, testFindings, workload } from '../judge';
import { before, completed, deny, egress, from, HTTP, ingress, same, unreadable, web } from './lifelines';

const ROUTING = 'webapprouting.kubernetes.azure.com';

const ingressOf = (ingressClassName?: string, port: object = { number: 80 }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ...(ingressClassName === undefined ? {} : { ingressClassName }),
    rules: ['/', '/api'].map((path) => ({
      http: { paths: [{ path, backend: { service: { name: 'web', port } } }] },
    })),
  },
});

const byAnnotation = {
  ...ingressOf(),
  metadata: { name: 'web', namespace: 'shop', annotations: { 'kubernetes.io/ingress.class': ROUTING } },
};

const nginx = (spec: object = {}) =>
  workload('edge/nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }, [], spec);

const fromNamespace = (name: string) => from({ namespaceSelector: ofName(name) });

const gateway = (gatewayClassName: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec: { gatewayClassName },
});

const istioGateway = (selector: object = { istio: 'aks-istio-ingressgateway-external' }) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec: { selector, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
});

const virtualService = (spec: object = {}, destination: object = {}) => ({
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    hosts: ['*'],
    gateways: ['edge/front'],
    http: [{ route: [{ destination: { host: 'web', port: { number: 80 }, ...destination } }] }],
    ...spec,
  },
});

const fromIstio = (gateway: string) =>
  from({
    namespaceSelector: ofName('aks-istio-ingress'),
    podSelector: labels({ istio: `aks-istio-ingressgateway-${gateway}` }),
  });

const cutOffFrom = (gateway: string, by = 'p') =>
  `error VirtualService shop/web: Istio's ${gateway} gateway in aks-istio-ingress cannot reach shop/web on 8080/TCP: policy shop/${by} does not let it in there (Istio's ${gateway} gateway in aks-istio-ingress → shop/web on 8080/TCP is denied)`;

testFindings('ingress-controller-cut-off', [
  {
    why: 'application routing, and the own namespace alone',
    manifests: [ingressOf(ROUTING), before(), web, from(same)],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the class by annotation',
    manifests: [byAnnotation, before(), web, deny],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/deny does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'the port of the service',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      ingress({ from: [{ namespaceSelector: ofName('app-routing-system') }], ports: [{ port: 80 }] }),
    ],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'a port of the service by name',
    manifests: [
      ingressOf(ROUTING, { name: 'http' }),
      before({ ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
      web,
      deny,
    ],
    finds: [
      'error Ingress shop/web: application routing in app-routing-system cannot reach shop/web on 8080/TCP: policy shop/deny does not let it in there (application routing in app-routing-system → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'nginx in the manifests',
    manifests: [ingressOf('nginx'), nginx(), before(), web, fromNamespace('ingress-nginx')],
    finds: [
      'error Ingress shop/web: edge/nginx cannot reach shop/web on 8080/TCP: policy shop/p does not let it in there (edge/nginx → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'a Job of nginx’s chart, which carries no request',
    manifests: [ingressOf('nginx'), { ...nginx(), apiVersion: 'batch/v1', kind: 'Job' }, before(), web, deny],
  },
  {
    why: 'nginx twice, of which one is on its node’s network, where nobody knows its addresses',
    manifests: [
      ingressOf('nginx'),
      nginx(),
      workload('back/nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }, [], { hostNetwork: true }),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'the external gateway of the Istio add-on',
    manifests: [istioGateway(), virtualService(), before(), web, from(same)],
    finds: [cutOffFrom('external')],
  },
  {
    why: 'the internal one, where the external one is let in',
    manifests: [
      istioGateway({ istio: 'aks-istio-ingressgateway-internal' }),
      virtualService(),
      before(),
      web,
      fromIstio('external'),
    ],
    finds: [cutOffFrom('internal')],
  },
  {
    why: 'each of the two',
    manifests: [
      istioGateway(),
      {
        ...istioGateway({ istio: 'aks-istio-ingressgateway-internal' }),
        metadata: { name: 'back', namespace: 'shop' },
      },
      virtualService({ gateways: ['edge/front', 'back'] }),
      before(),
      web,
      deny,
    ],
    finds: [cutOffFrom('external', 'deny'), cutOffFrom('internal', 'deny')],
  },
  {
    why: 'two Gateways of the same pods, once',
    manifests: [
      istioGateway(),
      { ...istioGateway(), metadata: { name: 'tls', namespace: 'edge' } },
      virtualService({ gateways: ['edge/front', 'edge/tls'] }),
      before(),
      web,
      deny,
    ],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a VirtualService that leaves the only port of the service out',
    manifests: [istioGateway(), virtualService({}, { port: null }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a subset of a service before one workload',
    manifests: [istioGateway(), virtualService({}, { subset: 'v1' }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a VirtualService for the namespace of the gateways',
    manifests: [istioGateway(), virtualService({ exportTo: ['aks-istio-ingress'] }), before(), web, deny],
    finds: [cutOffFrom('external', 'deny')],
  },
  {
    why: 'a gateway of Istio that is let in',
    manifests: [istioGateway(), virtualService(), before(), web, fromIstio('external')],
  },
  {
    why: 'by its namespace, whatever its pods are called',
    manifests: [istioGateway(), virtualService(), before(), web, fromNamespace('aks-istio-ingress')],
  },
  {
    why: 'a gateway of Istio that is not the add-on’s',
    manifests: [istioGateway({ istio: 'ingressgateway' }), virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio that asks for a label of which nobody knows',
    manifests: [
      istioGateway({ istio: 'aks-istio-ingressgateway-external', app: 'front' }),
      virtualService(),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a gateway of Istio without a selector',
    manifests: [istioGateway({}), virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio that is not given',
    manifests: [virtualService(), before(), web, deny],
  },
  {
    why: 'a gateway of Istio of the same name elsewhere',
    manifests: [istioGateway(), virtualService({ gateways: ['front'] }), before(), web, deny],
  },
  {
    why: 'a Gateway of the Gateway API, which no VirtualService names',
    manifests: [gateway('istio'), virtualService(), before(), web, deny],
  },
  {
    why: 'a VirtualService for the mesh alone',
    manifests: [
      istioGateway(),
      virtualService({ gateways: ['mesh'] }),
      { ...virtualService({ gateways: undefined }), metadata: { name: 'more', namespace: 'shop' } },
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a VirtualService that the gateways do not see',
    manifests: [istioGateway(), virtualService({ exportTo: ['.'] }), before(), web, deny],
  },
  {
    why: 'a subset of a service before several workloads',
    manifests: [
      istioGateway(),
      virtualService({}, { subset: 'v2' }),
      before(),
      web,
      workload('shop/web-2', { app: 'web' }, [HTTP]),
      deny,
    ],
  },
  {
    why: 'a VirtualService that leaves one of several ports out',
    manifests: [
      istioGateway(),
      virtualService({}, { port: null }),
      before({
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'more', port: 81 },
        ],
      }),
      web,
      deny,
    ],
  },
  {
    why: 'application routing is let in',
    manifests: [ingressOf(ROUTING), before(), web, fromNamespace('app-routing-system')],
  },
  {
    why: 'it is let in by a label that nobody knows of',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      from({ namespaceSelector: ofName('app-routing-system'), podSelector: app('nginx') }),
    ],
  },
  {
    why: 'by its pods and port',
    manifests: [
      ingressOf(ROUTING),
      before(),
      web,
      ingress({
        from: [
          {
            namespaceSelector: ofName('app-routing-system'),
            podSelector: labels({ 'app.kubernetes.io/component': 'ingress-controller' }),
          },
        ],
        ports: [{ port: 'http' }],
      }),
    ],
  },
  { why: 'everybody', manifests: [ingressOf(ROUTING), before(), web, ingress({})] },
  { why: 'nginx is let in', manifests: [ingressOf('nginx'), nginx(), before(), web, fromNamespace('edge')] },
  { why: 'nginx that is not in the manifests', manifests: [ingressOf('nginx'), before(), web, deny] },
  {
    why: 'nginx on its node’s network',
    manifests: [ingressOf('nginx'), nginx({ hostNetwork: true }), before(), web, deny],
  },
  { why: 'a class that nobody knows', manifests: [ingressOf('haproxy'), before(), web, deny] },
  { why: 'no class', manifests: [ingressOf(), before(), web, deny] },
  { why: 'a service that is not given', manifests: [ingressOf(ROUTING), web, deny] },
  {
    why: 'a port that the service does not have',
    manifests: [ingressOf(ROUTING, { number: 8080 }), before(), web, deny],
  },
  { why: 'nothing isolates ingress', manifests: [ingressOf(ROUTING), before(), web, egress({})] },
  {
    why: 'pods on their node’s network',
    manifests: [ingressOf(ROUTING), before(), workload('shop/web', {}, [HTTP], { hostNetwork: true }), deny],
  },
  { why: 'completed pods', manifests: [ingressOf(ROUTING), before(), completed, deny] },
  {
    why: 'a policy that could not be read may let it in',
    manifests: [ingressOf(ROUTING), before(), web, deny, unreadable],
  },
  {
    why: 'no engine shuts anything',
    profile: { engine: 'none' },
    manifests: [ingressOf(ROUTING), before(), web, deny],
  },
]);
