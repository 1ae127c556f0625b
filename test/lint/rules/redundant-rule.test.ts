import {
  app,
  type Case,
  cilium,
  labels,
  namespace,
  ofSpecs,
  policy,
  service,
  testRule,
  workload,
} from '../judge';
import { fromAll, fromWeb, inDb, tiers, toNames, toNamesOfWeb, toOwn } from './hygiene';

const WHOLE = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'];

const inFour = {
  matchExpressions: [
    { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: WHOLE.slice(0, -1) },
  ],
};

const tcp = (port: string, http?: readonly object[]) => [
  { ports: [{ port, protocol: 'TCP' }], ...(http === undefined ? {} : { rules: { http } }) },
];
const from = (name: string, toPorts?: readonly object[]) => ({
  fromEndpoints: [app(name)],
  ...(toPorts === undefined ? {} : { toPorts }),
});
const onDb = (spec: object, path = 'shop/c') => cilium(path, { endpointSelector: app('db'), ...spec });
const GET = [{ method: 'GET' }];

const ON_CILIUM: readonly Case[] = [
  {
    why: 'a rule of Cilium within another of its policy',
    manifests: [onDb({ ingress: [from('web', tcp('5432')), from('web')] })],
    finds: ['shop/c spec.ingress[0]: spec.ingress[1] allows all that this rule allows'],
  },
  {
    why: 'a rule within one of a NetworkPolicy, and of another spec',
    manifests: [
      inDb('c', { from: fromWeb.from }, { from: [{ podSelector: app('other') }] }),
      onDb({ ingress: [from('web'), from('api'), from('probe')] }),
      ofSpecs('shop/d', [
        { endpointSelector: {}, ingress: [from('api'), from('job')] },
        { endpointSelector: app('db'), ingress: [from('job'), from('cron')] },
      ]),
    ],
    finds: [
      'shop/c spec.ingress[0]: NetworkPolicy c spec.ingress[0] allows all that this rule allows',
      'shop/c spec.ingress[1]: d specs[0].ingress[0] allows all that this rule allows',
      'shop/d specs[1].ingress[0]: specs[0].ingress[1] allows all that this rule allows',
    ],
  },
  {
    why: 'a denial within that of a clusterwide policy',
    manifests: [
      cilium('all', {
        endpointSelector: {},
        ingressDeny: [
          { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'shop', app: 'web' } }] },
        ],
      }),
      onDb({ ingressDeny: [from('web', tcp('80')), from('api')] }),
    ],
    finds: [
      'shop/c spec.ingressDeny[0]: CiliumClusterwideNetworkPolicy all spec.ingressDeny[0] denies all that this rule denies',
    ],
  },
  {
    why: 'what is denied anyway, or allowed anyway',
    manifests: [
      cilium('all', { endpointSelector: {}, ingressDeny: [from('web')] }),
      onDb({ ingress: [from('web'), from('job')], ingressDeny: [from('job'), from('cron')] }),
    ],
  },
  {
    why: 'the last rule of a list, which isolates the pods',
    manifests: [
      cilium('shop/all', {
        endpointSelector: {},
        ingress: [from('web')],
        egress: [{ toEntities: ['all'] }],
        enableDefaultDeny: { ingress: false },
      }),
      onDb({ ingress: [from('web')] }),
    ],
  },
  {
    why: 'a rule whose requests a proxy filters, beside one without a filter, and the other way round',
    manifests: [onDb({ ingress: [from('web', tcp('80', GET)), from('web')] })],
  },
  {
    why: 'a rule with a filter twice, and one with another filter',
    manifests: [
      onDb({
        ingress: [
          from('web', tcp('80', GET)),
          from('web', tcp('80', GET)),
          from('web', tcp('80', [{ method: 'PUT' }])),
        ],
      }),
    ],
    finds: ['shop/c spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'messages of ICMP, which a rule for every port of the protocols does not allow',
    manifests: [
      onDb({
        ingress: [
          { fromEndpoints: [app('web')], icmps: [{ fields: [{ type: 8 }] }] },
          from('web', [{ ports: [{ port: '0' }] }]),
        ],
      }),
    ],
  },
  {
    why: 'the same messages, where everything is allowed',
    manifests: [
      onDb({
        ingress: [{ fromEndpoints: [app('web')], icmps: [{ fields: [{ type: 8 }] }] }, from('web')],
      }),
    ],
    finds: ['shop/c spec.ingress[0]: spec.ingress[1] allows all that this rule allows'],
  },
  {
    why: 'the pods of a service, which may be others tomorrow: of today alone',
    manifests: [
      workload('shop/db'),
      service('shop/db', { selector: { app: 'db' }, ports: [{ port: 5432 }] }),
      cilium('shop/c', {
        endpointSelector: {},
        egress: [
          { toServices: [{ k8sService: { serviceName: 'db', namespace: 'shop' } }] },
          { toEndpoints: [app('db')] },
        ],
      }),
    ],
    finds: ['shop/c spec.egress[1]: spec.egress[0] allows all that this rule allows today'],
  },
  {
    why: 'a rule that allows nobody, beside others',
    manifests: [onDb({ ingress: [{}, from('web')] })],
  },
  {
    why: 'the same name, and another one',
    manifests: [
      onDb({
        egress: [
          { toFQDNs: [{ matchName: 'a.example.com' }], toPorts: tcp('443') },
          { toFQDNs: [{ matchName: 'b.example.com' }] },
          { toFQDNs: [{ matchName: 'a.example.com' }] },
        ],
      }),
    ],
    finds: ['shop/c spec.egress[0]: spec.egress[2] allows all that this rule allows'],
  },
];

testRule('redundant-rule', [
  {
    why: 'a narrower rule of the same policy',
    manifests: [inDb('p', fromWeb, fromAll)],
    finds: ['shop/p spec.ingress[0]: spec.ingress[1] allows all that this rule allows'],
  },
  {
    why: 'the same rule twice: the later one',
    manifests: [inDb('p', fromWeb, fromWeb)],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'one of two rules, which another policy has for more pods',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      inDb('p', { ...fromWeb, ports: [{ port: 22 }] }, fromWeb),
    ],
    finds: ['shop/p spec.ingress[1]: all spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'an address in a wider block',
    manifests: [
      inDb(
        'p',
        { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
        { from: [{ ipBlock: { cidr: '203.0.113.7/32' } }] },
      ),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'pods that other labels select as well, as they are today',
    manifests: [
      ...tiers,
      inDb(
        'p',
        { from: [{ podSelector: labels({ tier: 'front' }) }] },
        { from: [{ podSelector: app('api') }] },
      ),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows today'],
  },
  { why: 'another port', manifests: [inDb('p', fromAll, { ...fromWeb, ports: [{ port: 22 }] })] },
  { why: 'every port', manifests: [inDb('p', fromAll, { from: fromWeb.from })] },
  {
    why: 'a port by name that the wider rule has by name too',
    manifests: [
      inDb('p', { from: fromAll.from, ports: [{ port: 'pg' }] }, { ...fromWeb, ports: [{ port: 'pg' }] }),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'a port by name, which may be another number on each pod',
    manifests: [inDb('p', fromAll, { ...fromWeb, ports: [{ port: 'pg' }] })],
  },
  {
    why: 'a wider rule for other pods',
    manifests: [policy('shop/q', { podSelector: app('api'), ingress: [fromAll] }), inDb('p', fromWeb)],
  },
  {
    why: 'a wider rule for fewer of the pods',
    manifests: [policy('shop/p', { podSelector: {}, ingress: [fromWeb] }), inDb('q', fromAll)],
  },
  {
    why: 'a wider rule of the other direction, or of a type that is left out',
    manifests: [
      policy('shop/q', { podSelector: {}, policyTypes: ['Egress'], egress: [{}], ingress: [{}] }),
      inDb('p', fromWeb),
    ],
  },
  {
    why: 'a rule for names in every namespace, beside one for the own one: CoreDNS is not among the workloads given',
    manifests: [
      ...tiers,
      policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames, toOwn] }),
    ],
  },
  {
    why: 'the same, where every namespace is given with its workloads',
    manifests: [
      ...tiers,
      ...WHOLE.map((name) => namespace(name)),
      ...WHOLE.slice(0, -1).map((name) => workload(`${name}/pods`, { 'k8s-app': 'kube-dns' })),
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [toNames, { to: [{ podSelector: {} }, { namespaceSelector: inFour }] }],
      }),
    ],
    finds: ['shop/p spec.egress[0]: spec.egress[1] allows all that this rule allows today'],
  },
  {
    why: 'a rule that is in one for names in every namespace, which stays as long as CoreDNS may stand elsewhere',
    manifests: [
      ...tiers,
      policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [toNamesOfWeb, toNames, toOwn] }),
    ],
    finds: ['shop/p spec.egress[0]: spec.egress[1] allows all that this rule allows'],
  },
  {
    why: 'peers that mean nobody yet',
    manifests: [
      ...tiers,
      inDb('p', { from: [{ podSelector: app('web') }] }, { from: [{ podSelector: app('new') }] }),
    ],
  },
  {
    why: 'an exception that the wider block has',
    manifests: [
      inDb(
        'p',
        { from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] } }] },
        { from: [{ ipBlock: { cidr: '203.0.113.7/32' } }] },
      ),
    ],
  },
  ...ON_CILIUM.map((each) => ({ ...each, profile: { engine: 'cilium' as const, acns: 'L7' as const } })),
  {
    why: 'where no policy of Cilium is enforced',
    manifests: [onDb({ ingress: [from('web'), from('web')] })],
    profile: { engine: 'azure' },
  },
]);
