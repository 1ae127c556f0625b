import type { NetworkPolicySpec, PolicyType } from '../../lib/model/network-policy';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { typesOf } from '../../lib/model/policy-rules';

const rulesOf = (spec: NetworkPolicySpec) =>
  networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec,
  }).rules;

test.each<{ spec: NetworkPolicySpec; types: readonly PolicyType[] }>([
  { spec: {}, types: ['Ingress'] },
  { spec: { egress: [{}] }, types: ['Ingress', 'Egress'] },
  { spec: { policyTypes: ['Egress'] }, types: ['Egress'] },
  { spec: { policyTypes: ['Egress'], ingress: [{}] }, types: ['Egress'] },
  { spec: { policyTypes: ['Egress', 'Ingress'] }, types: ['Ingress', 'Egress'] },
])('$spec isolates $types', ({ spec, types }) => {
  expect(typesOf(rulesOf(spec))).toEqual(types);
});

test('a peer knows where its selectors are written, and that of one that is not written nowhere', () => {
  const from = [
    { podSelector: {} },
    { namespaceSelector: {} },
    { namespaceSelector: {}, podSelector: {} },
    { ipBlock: { cidr: '10.0.0.0/8' } },
  ];
  const at = (i: number, ...rest: readonly string[]) => ['spec', 'ingress', 0, 'from', i, ...rest];
  expect(rulesOf({ ingress: [{ from }] }).ingress.rules[0]?.peers).toEqual([
    { kind: 'pods', namespaces: 'shop', pods: {}, at: at(0), podsAt: at(0, 'podSelector') },
    { kind: 'pods', namespaces: {}, pods: {}, at: at(1), namespacesAt: at(1, 'namespaceSelector') },
    {
      kind: 'pods',
      namespaces: {},
      pods: {},
      at: at(2),
      podsAt: at(2, 'podSelector'),
      namespacesAt: at(2, 'namespaceSelector'),
    },
    { kind: 'addresses', cidr: '10.0.0.0/8', except: [], at: at(3), blockAt: at(3, 'ipBlock') },
  ]);
});

test('a port says what is written of it, and TCP where no protocol is', () => {
  const ports = [{}, { port: 53, protocol: 'UDP' as const }, { port: 80, endPort: 90 }];
  const at = (i: number) => ['spec', 'ingress', 0, 'ports', i];
  expect(rulesOf({ ingress: [{ ports }] }).ingress.rules[0]?.ports).toStrictEqual([
    { protocol: 'TCP', at: at(0) },
    { protocol: 'UDP', port: 53, at: at(1) },
    { protocol: 'TCP', port: 80, endPort: 90, at: at(2) },
  ]);
});
