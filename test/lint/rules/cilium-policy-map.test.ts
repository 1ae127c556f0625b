import { cilium, policy, testFindings, workload } from '../judge';

/** How many entries the policies of a pod need at least. */

const profile = { engine: 'cilium' } as const;
const web = workload('shop/web');
const cidrs = (count: number, from = 11) => Array.from({ length: count }, (_, i) => `${from + i}.0.0.0/8`);
const ports = (count: number, more: object = { protocol: 'TCP' }) =>
  Array.from({ length: count }, (_, i) => ({ port: String(i + 1), ...more }));
/** Each rule has up to 40 ports. */
const rulesOf = (blocks: readonly string[], lists: readonly object[][]) =>
  lists.map((list) => ({ toCIDR: blocks, toPorts: [{ ports: list }] }));
const many = rulesOf(cidrs(206), [ports(40, {})]);
const ofWeb = (spec: object) =>
  cilium('shop/web', { endpointSelector: { matchLabels: { app: 'web' } }, ...spec });
const told = (kind: string, entries: number) =>
  `error ${kind}: the ranges of addresses of all policies of shop/web need at least ${entries} entries and 16384 fit: the rest of the rules is missing`;

testFindings('cilium-policy-map-full', [
  {
    why: 'ports without a protocol, each with TCP and UDP',
    profile,
    manifests: [web, ofWeb({ egress: many })],
    finds: [told('CiliumNetworkPolicy shop/web', 206 * 80)],
  },
  {
    why: 'so many that they fit',
    profile,
    manifests: [web, ofWeb({ egress: rulesOf(cidrs(204), [ports(40, {})]) })],
  },
  {
    why: 'two policies and both directions together, which the larger one tells',
    profile,
    manifests: [
      web,
      ofWeb({ egress: rulesOf(cidrs(110), [ports(40, {})]) }),
      cilium('all', {
        endpointSelector: {},
        ingress: [{ fromCIDR: cidrs(111), toPorts: [{ ports: ports(40, {}) }] }],
      }),
    ],
    finds: [told('CiliumClusterwideNetworkPolicy all', (110 + 111) * 80)],
  },
  {
    why: 'a NetworkPolicy',
    profile,
    manifests: [
      web,
      policy('shop/web', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: cidrs(200).map((cidr) => ({ ipBlock: { cidr } })),
            ports: Array.from({ length: 90 }, (_, i) => ({ port: i + 1 })),
          },
        ],
      }),
    ],
    finds: [told('NetworkPolicy shop/web', 200 * 90)],
  },
  {
    why: 'the same ports again, and every port of the same blocks',
    profile,
    manifests: [
      web,
      ofWeb({
        egress: [...rulesOf(cidrs(150), [ports(40, {}), ports(40)]), ...many, { toCIDR: cidrs(206) }],
      }),
    ],
  },
  {
    why: 'a range of ports, which may hold others',
    profile,
    manifests: [
      web,
      ofWeb({ egress: [...many, ...rulesOf(cidrs(206), [[{ port: '1', endPort: 100, protocol: 'TCP' }]])] }),
    ],
  },
  {
    why: 'a rule for everybody beside it',
    profile,
    manifests: [web, ofWeb({ egress: [...many, { toEntities: ['world'] }] })],
  },
  {
    why: 'a denial beside it',
    profile,
    manifests: [web, ofWeb({ egress: many, egressDeny: [{ toCIDR: ['12.0.0.0/8'] }] })],
  },
  { why: 'pods that are not known', profile, manifests: [ofWeb({ egress: many })] },
]);
