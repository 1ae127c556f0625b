import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { cilium, toldBy, workload } from './judge';

/**
 * Policies of Cilium's own kinds that Microsoft's labs and others publish and that do not do what they say, read on
 * 2026-11-30, in words of our own and brought down to the mistake.
 */
interface Sample {
  readonly why: string;
  readonly page: string;
  readonly manifests: readonly object[];
  readonly profile?: AksClusterProfile;
  /** `severity rule object field`, beyond the missing default deny and what is open to everybody. */
  readonly told: readonly string[];
}

const L7 = { engine: 'cilium', acns: 'L7' } as const;
const LAB = 'Azure-Samples/aks-labs d1487a7, docs/networking/assets';

const shop = [workload('pets/store', {}, [{ containerPort: 3001 }]), workload('pets/front')];
const store = { endpointSelector: { matchLabels: { app: 'store' } } };
const front = { endpointSelector: { matchLabels: { app: 'front' } } };
const http = (path: string) => [
  { ports: [{ port: '3001', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path }] } },
];
const dns = (protocols: readonly string[], name: object) => ({
  toEndpoints: [
    { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
  ],
  toPorts: [{ ports: protocols.map((protocol) => ({ port: '53', protocol })), rules: { dns: [name] } }],
});
const hub = { matchName: 'api.example.com' };

const SAMPLES: readonly Sample[] = [
  {
    why: 'an empty list that is to block all egress',
    page: `${LAB}/acns-network-policy.yaml`,
    manifests: [
      ...shop,
      cilium('pets/all', {
        endpointSelector: {},
        ingress: [{ fromEndpoints: [front.endpointSelector] }],
        egress: [],
      }),
    ],
    told: ['error cilium-empty-section pets/all spec.egress'],
  },
  {
    why: 'an empty list that is to block all ingress, beside names of hosts',
    page: `${LAB}/aks-combined-fqdn-l7.yaml`,
    manifests: [
      ...shop,
      cilium('pets/store', { ...store, ingress: [], egress: [dns(['UDP', 'TCP'], hub), { toFQDNs: [hub] }] }),
    ],
    told: ['error cilium-empty-section pets/store spec.ingress'],
  },
  {
    why: 'no pods as peers, which does isolate',
    page: `${LAB}, chaos sample`,
    manifests: [...shop, cilium('pets/store', { ...store, ingress: [{ fromEndpoints: [] }] })],
    told: [],
  },
  {
    why: 'names of hosts with DNS over UDP alone',
    page: `${LAB}, FQDN sample`,
    manifests: [...shop, cilium('pets/store', { ...store, egress: [dns(['UDP'], hub), { toFQDNs: [hub] }] })],
    told: ['warning egress-cannot-resolve-names pets/store'],
  },
  {
    why: 'the path of a product list, and nothing below it',
    page: 'container-network-security-l7-policy-how-to.md',
    manifests: [
      ...shop,
      cilium('pets/store', {
        ...store,
        ingress: [{ fromEndpoints: [front.endpointSelector], toPorts: http('/products') }],
      }),
    ],
    told: ['info cilium-http-path pets/store spec.ingress[0].toPorts[0].rules.http[0].path'],
  },
  {
    why: 'requests to another service, without a rule for DNS',
    page: 'best-practices, L7 egress',
    manifests: [
      ...shop,
      cilium('pets/front', {
        ...front,
        egress: [{ toEndpoints: [store.endpointSelector], toPorts: http('/products(/.*)?') }],
      }),
    ],
    told: ['error egress-cannot-resolve-names pets/front'],
  },
  {
    why: 'a denial of one address that cuts off all',
    page: 'devantler-tech/platform, issue 3407',
    manifests: [
      ...shop,
      cilium('all', { endpointSelector: {}, egressDeny: [{ toCIDR: ['169.254.169.254/32'] }] }),
    ],
    told: ['warning cilium-deny-isolates /all spec.egressDeny'],
  },
  {
    why: 'a client of another namespace without the key of its namespace',
    page: 'a lab on failing policies',
    manifests: [
      ...shop,
      workload('ops/probe'),
      cilium('pets/store', { ...store, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'probe' } }] }] }),
    ],
    told: ['warning peer-matches-nothing pets/store spec.ingress[0].fromEndpoints[0]'],
  },
  {
    why: 'the name servers without the key of their namespace',
    page: 'a lab on failing policies',
    manifests: [
      ...shop,
      cilium('pets/front', {
        ...front,
        egress: [
          { toEndpoints: [store.endpointSelector] },
          {
            toEndpoints: [{ matchLabels: { 'k8s-app': 'kube-dns' } }],
            toPorts: [{ ports: [{ port: '53' }] }],
          },
        ],
      }),
    ],
    told: [
      'error egress-cannot-resolve-names pets/front',
      'warning peer-matches-nothing pets/front spec.egress[1].toEndpoints[0]',
    ],
  },
  {
    why: 'pods by the range of their addresses',
    page: 'a lab on failing policies',
    profile: { ...L7, podCidrs: ['10.244.0.0/16'] },
    manifests: [...shop, cilium('pets/store', { ...store, ingress: [{ fromCIDR: ['10.244.0.0/16'] }] })],
    told: ['error cilium-ip-block-misses-pods pets/store spec.ingress[0].fromCIDR[0]'],
  },
  {
    why: 'a service with the ports that are to be open to it alone',
    page: 'a lab on failing policies',
    manifests: [
      ...shop,
      cilium('pets/front', {
        ...front,
        egress: [
          dns(['UDP', 'TCP'], { matchPattern: '*.*.svc.cluster.local' }),
          {
            toServices: [{ k8sService: { serviceName: 'store', namespace: 'pets' } }],
            toPorts: [{ ports: [{ port: '3001', protocol: 'TCP' }] }],
          },
        ],
      }),
    ],
    told: ['warning cilium-ports-for-everybody pets/front spec.egress[1].toServices'],
  },
];

test.each(SAMPLES)('$why ($page)', ({ manifests, profile = L7, told }) => {
  expect(toldBy({ manifests, profile }, ['no-default-deny', 'end-of-support'])).toEqual(told);
});
