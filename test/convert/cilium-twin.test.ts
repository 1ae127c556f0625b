import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { converted, netpol, specsOf } from './converted';

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const LABEL = 'k8s:io.cilium.k8s.namespace.labels.';
const app = (value: string) => ({ matchLabels: { app: value } });
const db = { podSelector: app('db') };
const DB = { endpointSelector: app('db') };
const from = (...peers: object[]) => ({ ...db, ingress: [{ from: peers }] });
const endpoints = (...list: object[]) => ({ ...DB, ingress: [{ fromEndpoints: list }] });

test.each<{ why: string; spec: object; twin: object }>([
  {
    why: 'an empty selector is every pod of the namespace in both',
    spec: { podSelector: {} },
    twin: { endpointSelector: {}, ingress: [{}] },
  },
  { why: 'no rules isolate', spec: { ...db, policyTypes: ['Ingress'] }, twin: { ...DB, ingress: [{}] } },
  { why: 'an empty list of rules isolates', spec: { ...db, ingress: [] }, twin: { ...DB, ingress: [{}] } },
  {
    why: 'both directions are isolated',
    spec: { ...db, policyTypes: ['Ingress', 'Egress'] },
    twin: { ...DB, ingress: [{}], egress: [{}] },
  },
  {
    why: 'a direction that is not named is left alone',
    spec: { ...db, policyTypes: ['Egress'] },
    twin: { ...DB, egress: [{}] },
  },
  {
    why: 'an empty rule lets everybody in',
    spec: { ...db, ingress: [{}] },
    twin: { ...DB, ingress: [{ fromEntities: ['all'] }] },
  },
  {
    why: 'an empty list of peers is everybody',
    spec: { ...db, egress: [{ to: [] }], policyTypes: ['Egress'] },
    twin: { ...DB, egress: [{ toEntities: ['all'] }] },
  },
  {
    why: 'everybody on a port is a rule without peers',
    spec: { ...db, ingress: [{ ports: [{ port: 80 }] }] },
    twin: { ...DB, ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }] },
  },
  {
    why: 'a lone pod selector means the own namespace, which Cilium adds',
    spec: from({ podSelector: app('web') }),
    twin: endpoints(app('web')),
  },
  { why: 'every pod of the own namespace', spec: from({ podSelector: {} }), twin: endpoints({}) },
  {
    why: 'every namespace has to be asked for',
    spec: from({ namespaceSelector: {}, podSelector: app('web') }),
    twin: endpoints({ ...app('web'), matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] }),
  },
  {
    why: 'a namespace by its name',
    spec: from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } } }),
    twin: endpoints({ matchLabels: { [NAMESPACE]: 'web' } }),
  },
  {
    why: 'namespaces by their names',
    spec: from({
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }],
      },
    }),
    twin: endpoints({ matchExpressions: [{ key: NAMESPACE, operator: 'In', values: ['a', 'b'] }] }),
  },
  {
    why: 'namespaces by their labels, with requirements of both sorts',
    spec: from({
      namespaceSelector: {
        matchLabels: { team: 'a' },
        matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['test'] }],
      },
      podSelector: { ...app('web'), matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] },
    }),
    twin: endpoints({
      matchLabels: { [`${LABEL}team`]: 'a', app: 'web' },
      matchExpressions: [
        { key: `${LABEL}env`, operator: 'NotIn', values: ['test'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    }),
  },
  {
    why: 'a label that is called as Cilium calls one of its own has its source',
    spec: from({ podSelector: { matchLabels: { ingress: 'yes' } } }),
    twin: endpoints({ matchLabels: { 'k8s:ingress': 'yes' } }),
  },
  {
    why: 'addresses, with what they leave out',
    spec: from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }),
    twin: { ...DB, ingress: [{ fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] }] },
  },
  {
    why: 'peers of two sorts are two rules, each with all ports',
    spec: {
      ...db,
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { podSelector: app('web') }, { podSelector: app('b') }],
          ports: [{ protocol: 'UDP' }],
        },
      ],
      policyTypes: ['Egress'],
    },
    twin: {
      ...DB,
      egress: [
        {
          toEndpoints: [app('web'), app('b')],
          toPorts: [{ ports: [{ port: '0', protocol: 'UDP' }] }],
        },
        {
          toCIDRSet: [{ cidr: '10.0.0.0/8' }],
          toPorts: [{ ports: [{ port: '0', protocol: 'UDP' }] }],
        },
      ],
    },
  },
  {
    why: 'a range, a name, and TCP where no protocol is named',
    spec: {
      ...db,
      ingress: [
        {
          ports: [
            { port: 80, endPort: 90 },
            { port: 'http', protocol: 'SCTP' },
          ],
        },
      ],
    },
    twin: {
      ...DB,
      ingress: [
        {
          toPorts: [
            {
              ports: [
                { port: '80', endPort: 90, protocol: 'TCP' },
                { port: 'http', protocol: 'SCTP' },
              ],
            },
          ],
        },
      ],
    },
  },
  {
    why: 'more ports than Cilium takes in one entry',
    spec: { ...db, ingress: [{ ports: Array.from({ length: 41 }, (_, i) => ({ port: i + 1 })) }] },
    twin: {
      ...DB,
      ingress: [
        {
          toPorts: [
            { ports: Array.from({ length: 40 }, (_, i) => ({ port: `${i + 1}`, protocol: 'TCP' })) },
            { ports: [{ port: '41', protocol: 'TCP' }] },
          ],
        },
      ],
    },
  },
  {
    why: 'null is a field that is left out',
    spec: { ...db, ingress: [null], egress: null },
    twin: { ...DB, ingress: [{ fromEntities: ['all'] }] },
  },
])('to Cilium: $why', ({ spec, twin }) => {
  expect(specsOf(netpol(spec), 'cilium')).toEqual([twin]);
});

test('rules of a direction that policyTypes omits are in the twin, because Cilium enforces them, and that is said', () => {
  const spec: NetworkPolicySpec = {
    ...db,
    policyTypes: ['Ingress'],
    egress: [{ to: [{ podSelector: {} }] }],
  };
  const { twins, notes } = converted(netpol(spec), 'cilium');
  expect(twins).toMatchObject([{ spec: { ...DB, ingress: [{}], egress: [{ toEndpoints: [{}] }] } }]);
  expect(notes).toEqual([{ at: ['spec', 'egress'], says: expect.stringContaining('policyTypes omits') }]);
});

const namespaces = (key: string) => ({
  namespaceSelector: { matchExpressions: [{ key, operator: 'DoesNotExist' }] },
});

test.each<{ why: string; spec: object; at: string; code?: string }>([
  { why: 'a peer that only excludes', spec: from(namespaces('env')), at: 'spec.ingress.0.from.0' },
  {
    why: 'a peer that only excludes pods and namespaces',
    spec: from({
      ...namespaces('env'),
      podSelector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] },
    }),
    at: 'spec.ingress.0.from.0',
  },
  {
    why: 'a label of Cilium’s own in the subject',
    spec: { podSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'a' } } },
    at: 'spec.podSelector',
  },
  {
    why: 'a label of Cilium’s own in a peer',
    spec: from({ podSelector: { matchLabels: { 'io.cilium.k8s.policy.cluster': 'a' } } }),
    at: 'spec.ingress.0.from.0',
  },
  {
    why: 'a name of a port that begins as a number does',
    spec: { ...db, ingress: [{ ports: [{ port: '0x50' }] }] },
    at: 'spec.ingress.0.ports.0.port',
  },
  {
    why: 'an address with leading zeros, which new servers refuse',
    spec: from({ ipBlock: { cidr: '010.0.0.0/8' } }),
    at: 'spec.ingress.0.from.0.ipBlock.cidr',
    code: 'cidr-leading-zeros',
  },
  { why: 'what the server refuses', spec: { podSelector: 5 }, at: 'spec.podSelector', code: 'type-mismatch' },
])('has no twin in Cilium: $why', ({ spec, at, code = 'no-twin' }) => {
  const { twins, problems } = converted(netpol(spec), 'cilium');
  expect(twins).toEqual([]);
  expect(problems.map((each) => [(each.at as string[]).join('.'), each.code])).toEqual([[at, code]]);
});

test('a peer that excludes and asks for a name of the namespace has a twin', () => {
  const [{ key, operator }] = namespaces('env').namespaceSelector.matchExpressions as [
    { key: string; operator: string },
  ];
  const named = { key: 'kubernetes.io/metadata.name', operator: 'Exists' };
  const spec = from({ namespaceSelector: { matchExpressions: [{ key, operator }, named] } });
  expect(specsOf(netpol(spec), 'cilium')).toEqual([
    endpoints({
      matchExpressions: [
        { key: `${LABEL}env`, operator },
        { key: NAMESPACE, operator: 'Exists' },
      ],
    }),
  ]);
});
