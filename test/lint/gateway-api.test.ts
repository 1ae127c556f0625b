import type { RouteKind } from '../../lib/model/callers';
import { labels, namespace, ofName, service, testFindings, workload } from './judge';
import { before, deny, from, HTTP, ingress, same, web } from './rules/lifelines';

/** What `ingress-controller-cut-off` says of the Gateway API: of routes of each kind, and of those that no listener takes. */

const GROUP = 'gateway.networking.k8s.io/v1';

const LISTENER = { name: 'all', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } };

const gateway = (gatewayClassName: string, ...listeners: readonly object[]) => ({
  apiVersion: GROUP,
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'edge' },
  spec: { gatewayClassName, listeners: listeners.length === 0 ? [LISTENER] : listeners },
});

const route = (
  kind: RouteKind = 'HTTPRoute',
  spec: object = {},
  parent: object = {},
  backend: object = {},
) => ({
  apiVersion: GROUP,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    parentRefs: [{ name: 'front', namespace: 'edge', ...parent }],
    rules: [{ backendRefs: [{ name: 'web', port: 80, ...backend }] }],
    ...spec,
  },
});

const fromEdge = { from: [{ namespaceSelector: ofName('edge') }] };

const cutOff = (kind: RouteKind = 'HTTPRoute', policies = 'policy shop/deny does', to = 'shop/web') =>
  `error ${kind} shop/web: gateway edge/front cannot reach ${to} on 8080/TCP: ${policies} not let it in there (gateway edge/front → ${to} on 8080/TCP is denied)`;

const KINDS: readonly (readonly [RouteKind, string, readonly string[]])[] = [
  ['HTTPRoute', 'HTTP', ['TLS', 'TCP', 'UDP']],
  ['GRPCRoute', 'HTTPS', ['TLS', 'TCP', 'UDP']],
  ['TLSRoute', 'TLS', ['HTTP', 'HTTPS', 'TCP']],
  ['TCPRoute', 'TCP', ['HTTP', 'HTTPS', 'UDP']],
];

testFindings('ingress-controller-cut-off', [
  ...KINDS.flatMap(([kind, protocol, others]) => [
    {
      why: `a ${kind}, and the own namespace alone`,
      manifests: [
        gateway('approuting-istio', { ...LISTENER, protocol }),
        route(kind),
        before(),
        web,
        from(same),
      ],
      finds: [cutOff(kind, 'policy shop/p does')],
    },
    {
      why: `a ${kind} whose gateway is let in`,
      manifests: [
        gateway('istio', { ...LISTENER, protocol }),
        route(kind),
        before(),
        web,
        from({ namespaceSelector: ofName('edge') }),
      ],
    },
    ...others.map((other) => ({
      why: `a ${kind}, which a listener for ${other} does not carry`,
      manifests: [gateway('istio', { ...LISTENER, protocol: other }), route(kind), before(), web, deny],
    })),
  ]),
  {
    why: 'the pods of another gateway',
    manifests: [
      gateway('istio'),
      route(),
      before(),
      web,
      from({
        namespaceSelector: ofName('edge'),
        podSelector: labels({ 'gateway.networking.k8s.io/gateway-name': 'back' }),
      }),
    ],
    finds: [cutOff('HTTPRoute', 'policy shop/p does')],
  },
  {
    why: 'a backend of another namespace, which the policies there shut',
    manifests: [
      gateway('istio'),
      route('GRPCRoute', {}, {}, { namespace: 'lab', name: 'api' }),
      service('lab/api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
      workload('lab/api', {}, [HTTP]),
      { ...deny, metadata: { name: 'deny', namespace: 'lab' } },
    ],
    finds: [cutOff('GRPCRoute', 'policy lab/deny does', 'lab/api')],
  },
  {
    why: 'a backend that gets nothing',
    manifests: [gateway('istio'), route('HTTPRoute', {}, {}, { weight: 0 }), before(), web, deny],
  },
  {
    why: 'two listeners of one gateway, once',
    manifests: [
      gateway('istio', LISTENER, { ...LISTENER, name: 'tls', port: 443, protocol: 'HTTPS' }),
      route('HTTPRoute', {
        parentRefs: ['all', 'tls'].map((sectionName) => ({ name: 'front', namespace: 'edge', sectionName })),
      }),
      before(),
      web,
      deny,
    ],
    finds: [cutOff()],
  },
  {
    why: 'the listener that a route names',
    manifests: [
      gateway('istio'),
      route('HTTPRoute', {}, { sectionName: 'all', port: 80 }),
      before(),
      web,
      deny,
    ],
    finds: [cutOff()],
  },
  {
    why: 'a listener that the gateway does not have',
    manifests: [gateway('istio'), route('HTTPRoute', {}, { sectionName: 'tls' }), before(), web, deny],
  },
  {
    why: 'a port that the gateway does not have',
    manifests: [gateway('istio'), route('HTTPRoute', {}, { port: 443 }), before(), web, deny],
  },
  {
    why: 'a listener for the routes of its own namespace, which is what it is for unless it says more',
    manifests: [gateway('istio', { ...LISTENER, allowedRoutes: undefined }), route(), before(), web, deny],
  },
  {
    why: 'a listener for namespaces by labels that shop carries',
    manifests: [
      namespace('shop', { team: 'shop' }),
      gateway('istio', byLabels({ team: 'shop' })),
      route(),
      before(),
      web,
      deny,
    ],
    finds: [cutOff()],
  },
  {
    why: 'a listener for namespaces by labels that shop does not carry',
    manifests: [
      namespace('shop'),
      gateway('istio', byLabels({ team: 'shop' })),
      route(),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a listener for namespaces by labels, where nobody knows those of shop',
    manifests: [gateway('istio', byLabels({ team: 'shop' })), route(), before(), web, deny],
  },
  {
    why: 'a listener for no namespace',
    manifests: [
      gateway('istio', { ...LISTENER, allowedRoutes: { namespaces: { from: 'None' } } }),
      route(),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a listener for no namespace, not even its own',
    manifests: [
      {
        ...gateway('istio', { ...LISTENER, allowedRoutes: { namespaces: { from: 'None' } } }),
        metadata: { name: 'front', namespace: 'shop' },
      },
      route('HTTPRoute', {}, { namespace: 'shop' }),
      before(),
      web,
      deny,
    ],
  },
  {
    why: 'a listener for another kind of routes',
    manifests: [
      gateway('istio', {
        ...LISTENER,
        allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] },
      }),
      route(),
      before(),
      web,
      deny,
    ],
  },
  ...[
    ['*.example.com', 'shop.example.com'],
    ['shop.example.com', '*.example.com'],
    ['*.example.com', '*.eu.example.com'],
    ['shop.example.com', 'shop.example.com'],
  ].map(([listener, host]) => ({
    why: `a listener for ${listener} and a route for ${host}`,
    manifests: [
      gateway('istio', { ...LISTENER, hostname: listener }),
      route('HTTPRoute', { hostnames: ['example.org', host] }),
      before(),
      web,
      deny,
    ],
    finds: [cutOff()],
  })),
  ...[
    ['*.example.com', 'example.com'],
    ['shop.example.com', 'lab.example.com'],
    ['example.com', '*.example.com'],
  ].map(([listener, host]) => ({
    why: `a listener for ${listener}, and a route for ${host} alone`,
    manifests: [
      gateway('istio', { ...LISTENER, hostname: listener }),
      route('HTTPRoute', { hostnames: [host] }),
      before(),
      web,
      deny,
    ],
  })),
  { why: 'a gateway that is not given', manifests: [route(), before(), web, deny] },
  {
    why: 'a gateway of a class that nobody knows',
    manifests: [gateway('nginx'), route(), before(), web, deny],
  },
  { why: 'everybody', manifests: [gateway('istio'), route('GRPCRoute'), before(), web, ingress({})] },
  {
    why: 'a TCPRoute at a listener that ends TLS',
    manifests: [
      gateway('istio', { ...LISTENER, protocol: 'TLS' }),
      route('TCPRoute'),
      before(),
      web,
      from(same),
    ],
    finds: [cutOff('TCPRoute', 'policy shop/p does')],
  },
  {
    why: 'a backend that is no service',
    manifests: [gateway('istio'), route('HTTPRoute', {}, {}, { kind: 'ServiceImport' }), before(), web, deny],
  },
  {
    why: 'a parent that is no gateway, as in a mesh',
    manifests: [gateway('istio'), route('HTTPRoute', {}, { kind: 'Service' }), before(), web, deny],
  },
  {
    why: 'an address of the gateway, whose pods come with it all the same',
    manifests: [at({ value: '10.0.0.9' }), route(), before(), web, deny],
    finds: [cutOff()],
  },
  {
    why: 'a host as the address of the gateway: a service that is there already has the pods',
    manifests: [at({ type: 'Hostname', value: 'ingress.tools' }), route(), before(), web, deny],
  },
  {
    why: 'several addresses of the gateway, with which no pods come',
    manifests: [at({ value: '10.0.0.9' }, { value: '10.0.0.10' }), route(), before(), web, deny],
  },
  {
    why: 'the port of the tunnel, on which a gateway of the ambient mesh comes',
    manifests: [gateway('istio'), route(), before(), web, ingress({ ...fromEdge, ports: [{ port: 15008 }] })],
  },
  {
    why: 'that port over UDP',
    manifests: [
      gateway('istio'),
      route(),
      before(),
      web,
      ingress({ ...fromEdge, ports: [{ protocol: 'UDP', port: 15008 }] }),
    ],
    finds: [cutOff('HTTPRoute', 'policy shop/p does')],
  },
  {
    why: 'the port of the tunnel for others',
    manifests: [
      gateway('istio'),
      route(),
      before(),
      web,
      ingress({ from: [same], ports: [{ port: 15008 }] }),
    ],
    finds: [cutOff('HTTPRoute', 'policy shop/p does')],
  },
]);

/** A gateway with addresses. */
function at(...addresses: readonly object[]) {
  const front = gateway('istio');
  return { ...front, spec: { ...front.spec, addresses } };
}

function byLabels(matchLabels: Readonly<Record<string, string>>) {
  return { ...LISTENER, allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels } } } };
}
