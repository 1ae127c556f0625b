import { labels, ofName, policy, testFindings } from './judge';
import { before, block, deny, egress, from, ingress, same, web } from './rules/lifelines';

/** What `ingress-controller-cut-off` says of Azure's proxies outside the cluster: only addresses let them in. */

const ingressOf = (ingressClass: string, isAnnotated = false) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'web',
    namespace: 'shop',
    ...(isAnnotated ? { annotations: { 'kubernetes.io/ingress.class': ingressClass } } : {}),
  },
  spec: {
    ...(isAnnotated ? {} : { ingressClassName: ingressClass }),
    defaultBackend: { service: { name: 'web', port: { number: 80 } } },
  },
});

const byAnnotation = ingressOf('azure/application-gateway', true);
const byClass = ingressOf('azure-application-gateway');
const forContainers = ingressOf('azure-alb-external');

const gateway = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'shop', annotations: { 'alb.networking.azure.io/alb-name': 'alb' } },
  spec: {
    gatewayClassName: 'azure-alb-external',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
  },
};

const route = (kind: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { parentRefs: [{ name: 'front' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
});

const toldOf = (object: string, name: string, by = 'p') =>
  `error ${object} shop/web: ${name} cannot reach shop/web on 8080/TCP: it is no pod, and policy shop/${by} lets no address in there (${name} → shop/web on 8080/TCP is denied)`;

const CLASSIC = 'Application Gateway';
const CONTAINERS = 'Application Gateway for Containers';
const kubeSystem = from({ namespaceSelector: ofName('kube-system') });
const subnet = from(block('10.225.0.0/24'));

testFindings('ingress-controller-cut-off', [
  {
    why: 'the ingress controller of Application Gateway, whose pods carry no request',
    manifests: [byAnnotation, before(), web, kubeSystem],
    finds: [toldOf('Ingress', CLASSIC)],
  },
  {
    why: 'the class of the add-on',
    manifests: [byClass, before(), web, from(same)],
    finds: [toldOf('Ingress', CLASSIC)],
  },
  {
    why: 'every pod of the cluster',
    manifests: [byClass, before(), web, from({ namespaceSelector: {} })],
    finds: [toldOf('Ingress', CLASSIC)],
  },
  {
    why: 'an Ingress of Application Gateway for Containers',
    manifests: [forContainers, before(), web, from({ namespaceSelector: ofName('azure-alb-system') })],
    finds: [toldOf('Ingress', CONTAINERS)],
  },
  {
    why: 'a Gateway of it',
    manifests: [
      gateway,
      route('HTTPRoute'),
      before(),
      web,
      from({ namespaceSelector: ofName('azure-alb-system') }),
    ],
    finds: [toldOf('HTTPRoute', CONTAINERS)],
  },
  {
    why: 'a GRPCRoute of it',
    manifests: [gateway, route('GRPCRoute'), before(), web, deny],
    finds: [toldOf('GRPCRoute', CONTAINERS, 'deny')],
  },
  {
    why: 'addresses on the port of the service',
    manifests: [byClass, before(), web, ingress({ from: [block('10.225.0.0/24')], ports: [{ port: 80 }] })],
    finds: [toldOf('Ingress', CLASSIC)],
  },
  ...(['azure', 'calico', 'cilium'] as const).flatMap((engine) => [
    {
      why: `its subnet, which a block means on ${engine} too`,
      profile: { engine },
      manifests: [byAnnotation, forContainers, gateway, route('HTTPRoute'), before(), web, subnet],
    },
    {
      why: `no address on ${engine}`,
      profile: { engine },
      manifests: [byClass, before(), web, from(same)],
      finds: [toldOf('Ingress', CLASSIC)],
    },
  ]),
  {
    why: 'an IPv6 block, which may be its subnet',
    manifests: [byClass, before(), web, from(block('fd00::/8'))],
  },
  { why: 'every address', manifests: [byClass, before(), web, from(block('0.0.0.0/0'))] },
  {
    why: 'everybody on the port of the pods',
    manifests: [byClass, before(), web, ingress({ ports: [{ port: 8080 }] })],
  },
  {
    why: 'a namespace selector that azure opens to the internet',
    profile: { engine: 'azure' },
    manifests: [
      byClass,
      before(),
      web,
      from({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }),
    ],
  },
  { why: 'nothing isolates ingress', manifests: [byClass, before(), web, egress({})] },
  {
    why: 'a policy for other pods',
    manifests: [
      byClass,
      before(),
      web,
      policy('shop/p', { podSelector: labels({ app: 'db' }), policyTypes: ['Ingress'] }),
    ],
  },
  {
    why: 'a class of your own, which may be anybody’s',
    manifests: [ingressOf('gateway-public'), before(), web, deny],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [byClass, before(), web, deny] },
]);
