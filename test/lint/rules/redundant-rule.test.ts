import { app, labels, namespace, policy, testRule, workload } from '../judge';
import { fromAll, fromWeb, inDb, tiers, toNames, toNamesOfWeb, toOwn } from './hygiene';

const WHOLE = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'];

const inFour = {
  matchExpressions: [
    { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: WHOLE.slice(0, -1) },
  ],
};

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
]);
