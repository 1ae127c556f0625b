import { validateNetworkPolicy } from '../../lib/model/check-policy';
import type { Cluster, NetworkPolicyEntry } from '../../lib/model/cluster';
import type { NetworkPolicySpec, Protocol } from '../../lib/model/network-policy';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import type { Outcome, Question } from '../../lib/reachability/answers/verdict';
import { Reachability } from '../../lib/reachability/reachability';
import { entriesOf } from './arbitrary';
import { clusterOf } from './cases';

/**
 * The pods that every trap is set in: `shop/web` and `shop/db` beside `mon/agent`, which lives on the node's
 * network, and `mon/probe`, which lacks every label.
 */
const BED: Cluster = clusterOf({
  namespaces: [
    { name: 'shop', labels: { team: 'shop' } },
    { name: 'mon', labels: { team: 'mon', blank: '' } },
  ],
  nodes: [
    { name: 'n1', ips: ['10.1.0.1'] },
    { name: 'n2', ips: ['10.1.0.2'] },
  ],
  pods: [
    pod('shop', 'web', { app: 'web' }, '10.2.0.1', 8080),
    pod('shop', 'db', { app: 'db' }, '10.2.0.2', 5432),
    pod('mon', 'probe', {}, '10.2.0.3', 9100),
    { ...pod('mon', 'agent', { app: 'web' }, '10.1.0.2', 9100), hostNetwork: true, nodeName: 'n2' },
  ],
  policies: [],
});

function pod(namespace: string, name: string, labels: Record<string, string>, ip: string, port: number) {
  const ports = [{ name: 'main', port, protocol: 'TCP' as Protocol }];
  return { namespace, name, labels, ip, ports, nodeName: 'n1' };
}

const onDb = (spec: NetworkPolicySpec): NetworkPolicySpec => ({
  podSelector: { matchLabels: { app: 'db' } },
  ...spec,
});
const toDb = (from: string, port: Question['port'] = 5432): Question => ({ from, to: 'shop/db', port });
const fromDb = (to: string, port: Question['port'] = 8080): Question => ({ from: 'shop/db', to, port });

interface Trap {
  readonly trap: number;
  readonly rule: string;
  readonly spec: NetworkPolicySpec;
  readonly answers: readonly (readonly [Question, Outcome])[];
}

const web = { podSelector: { matchLabels: { app: 'web' } } };
const TRAPS: readonly Trap[] = [
  {
    trap: 1,
    rule: 'egress rules without policyTypes isolate both directions',
    spec: onDb({ egress: [{ to: [web] }] }),
    answers: [
      [fromDb('shop/web'), 'allowed'],
      [fromDb('mon/probe'), 'denied'],
      [toDb('shop/web'), 'denied'],
    ],
  },
  {
    trap: 2,
    rule: 'namespace and pod selector in one peer must both match',
    spec: onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'mon' } }, ...web }] }] }),
    answers: [
      [toDb('shop/web'), 'denied'],
      [toDb('mon/probe'), 'denied'],
    ],
  },
  {
    trap: 2,
    rule: 'namespace and pod selector in two peers may match either way',
    spec: onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'mon' } } }, web] }] }),
    answers: [
      [toDb('shop/web'), 'allowed'],
      [toDb('mon/probe'), 'allowed'],
    ],
  },
  {
    trap: 3,
    rule: 'by the specification an IP block matches the known addresses of pods',
    spec: onDb({ ingress: [{ from: [{ ipBlock: { cidr: '10.2.0.0/16', except: ['10.2.0.3/32'] } }] }] }),
    answers: [
      [toDb('shop/web'), 'allowed'],
      [toDb('mon/probe'), 'denied'],
    ],
  },
  {
    trap: 4,
    rule: 'an egress port name is looked up on each destination',
    spec: onDb({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'main' }] }] }),
    answers: [
      [fromDb('shop/web', 8080), 'allowed'],
      [fromDb('shop/web', 9100), 'denied'],
      [fromDb('mon/probe', 9100), 'allowed'],
      [fromDb('203.0.113.7', 8080), 'denied'],
    ],
  },
  {
    trap: 5,
    rule: 'an end port belongs to its range',
    spec: onDb({ ingress: [{ ports: [{ port: 5430, endPort: 5432 }] }] }),
    answers: [
      [toDb('shop/web', 5432), 'allowed'],
      [toDb('shop/web', 5433), 'denied'],
      [toDb('shop/web', '5430-5432'), 'allowed'],
      [toDb('shop/web', '5431-5433'), 'partly'],
    ],
  },
  {
    trap: 6,
    rule: 'an empty from is everybody, outside addresses included',
    spec: onDb({ ingress: [{ from: [] }] }),
    answers: [
      [toDb('shop/web'), 'allowed'],
      [toDb('internet'), 'allowed'],
    ],
  },
  {
    trap: 6,
    rule: 'an empty rule is everybody on every port',
    spec: onDb({ ingress: [{}] }),
    answers: [[toDb('internet', '*'), 'allowed']],
  },
  {
    trap: 7,
    rule: 'a protocol without port is every port of it and none of the others',
    spec: onDb({ ingress: [{ ports: [{ protocol: 'UDP' }] }] }),
    answers: [
      [toDb('shop/web', '*/UDP'), 'allowed'],
      [toDb('shop/web', '*/TCP'), 'denied'],
    ],
  },
  {
    trap: 8,
    rule: 'a pod reaches itself under default deny',
    spec: { policyTypes: ['Ingress', 'Egress'] },
    answers: [
      [toDb('shop/db'), 'allowed'],
      [toDb('shop/web'), 'denied'],
    ],
  },
  {
    trap: 9,
    rule: 'a port name beside an IP block is legal and matches no outside address',
    spec: onDb({
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 'main' }] }],
    }),
    answers: [
      [fromDb('203.0.113.7', 8080), 'denied'],
      [fromDb('shop/web', 8080), 'allowed'],
    ],
  },
  {
    trap: 10,
    rule: 'NotIn and DoesNotExist match where the key is missing',
    spec: onDb({
      ingress: [
        {
          from: [
            {
              namespaceSelector: {},
              podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
            },
          ],
        },
      ],
    }),
    answers: [
      [toDb('mon/probe'), 'allowed'],
      [toDb('shop/web'), 'denied'],
    ],
  },
  {
    trap: 11,
    rule: 'the value "" asks for a key that is present',
    spec: onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { blank: '' } } }] }] }),
    answers: [
      [toDb('mon/probe'), 'allowed'],
      [toDb('shop/web'), 'denied'],
    ],
  },
  {
    trap: 16,
    rule: 'an IPv6 block holds IPv6 addresses only',
    spec: onDb({ ingress: [{ from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }] }),
    answers: [
      [toDb('2001:db8::1'), 'allowed'],
      [toDb('32.1.13.184'), 'denied'],
      [toDb('shop/web'), 'denied'],
    ],
  },
  {
    trap: 17,
    rule: "a pod on its node's network is no pod to selectors",
    spec: onDb({ ingress: [{ from: [{ namespaceSelector: {}, ...web }] }] }),
    answers: [
      [toDb('shop/web'), 'allowed'],
      [toDb('mon/agent'), 'denied'],
    ],
  },
  {
    trap: 17,
    rule: "a pod on its node's network has its node's address",
    spec: onDb({ ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.2/32' } }] }] }),
    answers: [
      [toDb('mon/agent'), 'allowed'],
      [toDb('node:n2'), 'allowed'],
    ],
  },
  {
    trap: 18,
    rule: "traffic from the pod's own node always passes, from another node by policy",
    spec: onDb({ ingress: [] }),
    answers: [
      [toDb('node:n1'), 'allowed'],
      [toDb('10.1.0.1'), 'allowed'],
      [toDb('node:n2'), 'denied'],
    ],
  },
  {
    trap: 19,
    rule: '`egress: []` without policyTypes denies ingress and leaves egress open',
    spec: onDb({ egress: [] }),
    answers: [
      [toDb('shop/web'), 'denied'],
      [fromDb('internet'), 'allowed'],
    ],
  },
];

const inNamespace = (key: string, operator: string) => ({
  namespaceSelector: { matchExpressions: [{ key, operator }] },
});

test.each<Pick<Trap, 'rule' | 'spec' | 'answers'>>([
  {
    rule: 'what every JavaScript object has is no label of a namespace',
    spec: onDb({ ingress: [{ from: [inNamespace('constructor', 'Exists')] }] }),
    answers: [[toDb('mon/probe'), 'denied']],
  },
  {
    rule: 'nor is it there for a selector that wants none',
    spec: onDb({ ingress: [{ from: [inNamespace('constructor', 'DoesNotExist')] }] }),
    answers: [[toDb('mon/probe'), 'allowed']],
  },
  {
    rule: 'a port may be called undefined, beside a rule for every port',
    spec: onDb({
      ingress: [
        { from: [inNamespace('blank', 'Exists')], ports: [{ port: 'undefined' }] },
        { from: [inNamespace('blank', 'DoesNotExist')], ports: [{}] },
      ],
    }),
    answers: [
      [toDb('mon/probe'), 'denied'],
      [toDb('shop/web'), 'allowed'],
    ],
  },
])('$rule', ({ spec, answers }) => {
  const reachability = Reachability.of({ ...BED, policies: entriesOf([{ namespace: 'shop', spec }]) });
  expect(answers.map(([question]) => [question, reachability.verdict(question).verdict])).toEqual(answers);
});

test.each(TRAPS)('trap $trap: $rule', ({ spec, answers }) => {
  const reachability = Reachability.of({ ...BED, policies: entriesOf([{ namespace: 'shop', spec }]) });
  expect(answers.map(([question]) => [question, reachability.verdict(question).verdict])).toEqual(answers);
});

test('trap 12: a policy without namespace stands where its entry says, which readers take from the request', () => {
  const [entry] = entriesOf([{ namespace: 'shop', spec: { podSelector: {} } }]);
  const policy = { ...(entry as NetworkPolicyEntry).written, metadata: { name: 'p' } };
  const policies = [networkPolicyEntry(policy, { namespace: 'shop' })];
  expect(Reachability.of({ ...BED, policies }).verdict(toDb('shop/web')).verdict).toBe('denied');
});

test.each([
  { trap: 13, rule: 'protocol tcp', ports: [{ protocol: 'tcp', port: 80 }], code: 'protocol-unknown' },
  {
    trap: 14,
    rule: 'end port with a port name',
    ports: [{ port: 'http', endPort: 90 }],
    code: 'end-port-with-name',
  },
])('trap $trap: $rule is refused', ({ ports, code }) => {
  expect(problemsOf({ ingress: [{ ports }] })).toEqual([code]);
});

test('trap 15: an exception outside its block is refused', () => {
  const ipBlock = { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] };
  expect(problemsOf({ ingress: [{ from: [{ ipBlock }] }] })).toEqual(['except-outside-cidr']);
});

function problemsOf(spec: object): string[] {
  const [entry] = entriesOf([{ namespace: 'shop', spec: {} }]);
  return validateNetworkPolicy({ ...entry?.written, spec }).map(({ code }) => code);
}
