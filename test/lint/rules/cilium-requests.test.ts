import { cilium, testFindings, workload } from '../judge';

/** What proxies look into, and what AKS has of Cilium. */

const web = workload('shop/web');
const pods = { endpointSelector: { matchLabels: { app: 'web' } } };
const ports = [{ port: '8080', protocol: 'TCP' }];
const filtered = (rules: object) => [{ fromEndpoints: [{}], toPorts: [{ ports, rules }] }];
const paths = (...all: string[]) => [
  web,
  cilium('shop/p', { ...pods, ingress: filtered({ http: all.map((path) => ({ method: 'GET', path })) }) }),
];
const L7 = { engine: 'cilium', acns: 'L7' } as const;

testFindings('cilium-http-path', [
  {
    why: 'a path that looks like a prefix',
    profile: L7,
    manifests: paths('/orders'),
    finds: [
      'info CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[0].path: /orders is the whole path: neither /orders/1 nor /orders?q=1 matches',
    ],
  },
  {
    why: 'a path that ends in a slash',
    profile: L7,
    manifests: paths('/orders/'),
    finds: [
      'warning CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[0].path: /orders/ is the whole path, and nothing below it matches',
    ],
  },
  {
    why: 'a star as a wildcard',
    profile: L7,
    manifests: paths('/orders/*', '/*'),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[0].path: /orders/* is an expression and no pattern: its star repeats the slash before it, so nothing below matches',
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[1].path: /* is an expression and no pattern: its star repeats the slash before it, so nothing below matches',
    ],
  },
  {
    why: 'a query',
    profile: L7,
    manifests: paths('/orders?id=.*'),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[0].path: the question mark of /orders?id=.* makes the letter before it optional, so no query matches',
    ],
  },
  {
    why: 'no slash in front',
    profile: L7,
    manifests: paths('orders', '^orders/.*$'),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[0].path: every path begins with a slash, so orders matches no request',
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http[1].path: every path begins with a slash, so ^orders/.*$ matches no request',
    ],
  },
  {
    why: 'a path beside the expression for all below it',
    profile: L7,
    manifests: paths('/orders', '/orders/.*'),
  },
  {
    why: 'expressions for the whole path',
    profile: L7,
    manifests: paths('/orders(/.*)?', '/orders$', '^/orders$', '/.*', '/', '/a|/b', '/(a|b)/[0-9]+'),
  },
  {
    why: 'paths that are whole',
    profile: L7,
    manifests: paths('/healthz', '/index.html', '/metrics', '/v1/ready', '/shop.Orders/Get'),
  },
  {
    why: 'a denial, whose rules are left out',
    profile: L7,
    manifests: [web, cilium('shop/p', { ...pods, ingressDeny: filtered({ http: [{ path: '/orders/*' }] }) })],
  },
]);

const dns = (...names: object[]) => ({
  toEntities: ['cluster'],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: names } }],
});
const all = { matchPattern: '*' };
const host = { toFQDNs: [{ matchName: 'a.example.com' }] };
const get = { ingress: filtered({ http: [{ method: 'GET' }] }) };

testFindings('cilium-filter-without-acns', [
  {
    why: 'requests',
    profile: { engine: 'cilium', acns: 'None' },
    manifests: [web, cilium('shop/p', { ...pods, ...get, egress: [host] })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http: without Advanced Container Networking Services Cilium has no proxy and refuses the whole policy, so that pods that it alone isolates are open; according to Microsoft it blocks instead',
    ],
  },
  {
    why: 'names of hosts alone, each rule by itself',
    profile: { engine: 'cilium', acns: 'None' },
    manifests: [web, cilium('shop/p', { ...pods, egress: [host, {}, host] })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toFQDNs: without Advanced Container Networking Services Cilium learns no addresses of names, so this rule opens nothing',
      'error CiliumNetworkPolicy shop/p spec.egress[2].toFQDNs: without Advanced Container Networking Services Cilium learns no addresses of names, so this rule opens nothing',
    ],
  },
  { why: 'ACNS', profile: L7, manifests: [web, cilium('shop/p', { ...pods, ...get, egress: [host] })] },
  {
    why: 'an empty list of requests, which is no filter',
    profile: { engine: 'cilium', acns: 'None' },
    manifests: [web, cilium('shop/p', { ...pods, ingress: filtered({ http: [] }) })],
  },
  {
    why: 'Cilium of one’s own',
    profile: { engine: 'byo-cilium' },
    manifests: [web, cilium('shop/p', { ...pods, ...get })],
  },
]);

testFindings('cilium-refused-by-aks', [
  {
    why: 'requests in a clusterwide policy',
    profile: L7,
    manifests: [web, cilium('p', { ...pods, ...get })],
    finds: [
      'error CiliumClusterwideNetworkPolicy p spec.ingress[0].toPorts[0].rules.http: AKS has filters of requests in policies of namespaces alone, and refuses them in a clusterwide one',
    ],
  },
  {
    why: 'requests where ACNS knows names alone',
    profile: { engine: 'cilium', acns: 'FQDN' },
    manifests: [web, cilium('shop/p', { ...pods, ...get })],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].toPorts[0].rules.http: AKS refuses filters of requests while ACNS enforces names of hosts alone (acns: FQDN)',
    ],
  },
  {
    why: 'every name at once, in a part of a policy',
    profile: L7,
    manifests: [
      web,
      {
        ...cilium('shop/p', { ...pods, egress: [{}] }),
        specs: [{ ...pods, egress: [host, dns({ matchName: 'b.example.com' }, all)] }],
      },
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p specs[0].egress[1].toPorts[0].rules.dns[1].matchPattern: AKS refuses every name at once: its admission policy advanced-networking-validating-policy takes no "*" here',
    ],
  },
  {
    why: 'names in a clusterwide policy',
    profile: L7,
    manifests: [web, cilium('p', { ...pods, egress: [host, dns({ matchName: 'a.example.com' })] })],
  },
  {
    why: 'every name as a host, which nobody is known to refuse',
    profile: L7,
    manifests: [web, cilium('shop/p', { ...pods, egress: [{ toFQDNs: [all] }] })],
  },
  { why: 'requests with ACNS', profile: L7, manifests: [web, cilium('shop/p', { ...pods, ...get })] },
  {
    why: 'Cilium of one’s own',
    profile: { engine: 'byo-cilium' },
    manifests: [web, cilium('p', { ...pods, ...get })],
  },
]);

testFindings('cilium-feature-off', [
  {
    why: 'a policy for nodes',
    profile: L7,
    manifests: [cilium('p', { nodeSelector: {}, ingress: [{ fromEntities: ['cluster'] }] })],
    finds: [
      'error CiliumClusterwideNetworkPolicy p spec.nodeSelector: a policy for nodes does nothing, because the host firewall is off',
    ],
  },
  {
    why: 'mutual authentication, told once',
    profile: L7,
    manifests: [
      web,
      cilium('shop/p', {
        ...pods,
        ingress: [{ fromEndpoints: [{}], authentication: { mode: 'required' } }],
        egress: [{ toEndpoints: [{}], authentication: { mode: 'required' } }],
      }),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.ingress[0].authentication: mutual authentication is off (mesh-auth-enabled), and Cilium’s operator marks the policy as not valid',
    ],
  },
  {
    why: 'groups, a listener and Kafka',
    profile: L7,
    manifests: [
      web,
      cilium('shop/p', {
        ...pods,
        egress: [
          { toGroups: [{ aws: { region: 'a' } }] },
          { toEndpoints: [{}], toPorts: [{ ports, listener: { name: 'a', envoyConfig: { name: 'b' } } }] },
          { toEndpoints: [{}], toPorts: [{ ports, rules: { kafka: [{ topic: 'a' }] } }] },
        ],
      }),
    ],
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress[0].toGroups: groups are security groups of AWS, and Cilium passes the whole policy over',
      'warning CiliumNetworkPolicy shop/p spec.egress[1].toPorts[0].listener: no public configuration of AKS has CiliumEnvoyConfig, whose listener this names',
      'info CiliumNetworkPolicy shop/p spec.egress[2].toPorts[0].rules.kafka: Cilium 1.20 has no rules.kafka any more',
    ],
  },
  {
    why: 'authentication that is disabled, and empty lists',
    profile: L7,
    manifests: [
      web,
      cilium('shop/p', {
        ...pods,
        egress: [{ toGroups: [], authentication: { mode: 'disabled' } }, { toEndpoints: [{}] }],
      }),
    ],
  },
  {
    why: 'Cilium of one’s own',
    profile: { engine: 'byo-cilium' },
    manifests: [cilium('p', { nodeSelector: {}, ingress: [{ fromEntities: ['cluster'] }] })],
  },
]);
