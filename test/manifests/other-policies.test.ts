import { aboutUnjudged, isOtherPolicy, OTHER_POLICIES } from '../../lib/manifests/other-policies';
import { readManifests } from '../../lib/manifests/read-manifests';

test.each([
  { name: 'CiliumNetworkPolicy.cilium.io', is: true },
  { name: 'CiliumClusterwideNetworkPolicy.cilium.io', is: true },
  { name: 'AdminNetworkPolicy.policy.networking.k8s.io', is: true },
  { name: 'BaselineAdminNetworkPolicy.policy.networking.k8s.io', is: true },
  { name: 'ClusterNetworkPolicy.policy.networking.k8s.io', is: true },
  { name: 'GlobalNetworkPolicy.crd.projectcalico.org', is: true },
  { name: 'GlobalNetworkPolicy.projectcalico.org', is: true },
  { name: 'NetworkPolicy.crd.projectcalico.org', is: true },
  { name: 'NetworkPolicy.networking.k8s.io', is: false },
  { name: 'ConfigMap', is: false },
])('$name decides about traffic beside NetworkPolicies: $is', ({ name, is }) => {
  expect(isOtherPolicy(name)).toBe(is);
});

test('what is passed over, may not be listed or is nobody to rules is told apart', () => {
  const object = (kind: string, apiVersion: string) => ({ kind, apiVersion, metadata: { name: 'a' } });
  const read = readManifests([
    object('CiliumNetworkPolicy', 'cilium.io/v2'),
    { ...object('CiliumNetworkPolicy', 'cilium.io/v2'), metadata: { name: 'b' } },
    object('ConfigMap', 'v1'),
  ]);
  expect(aboutUnjudged(read)).toEqual([
    'not judged: 2 CiliumNetworkPolicy.cilium.io; they may allow or deny more than the NetworkPolicies that this is about',
  ]);
  const unlisted = ['AdminNetworkPolicy.policy.networking.k8s.io', 'VirtualService.networking.istio.io'];
  expect(aboutUnjudged({ ...read, skipped: {}, unlisted })).toEqual([
    'could not be listed: AdminNetworkPolicy.policy.networking.k8s.io; if there are any, they may allow or deny more than the NetworkPolicies that this is about',
    'could not be listed: VirtualService.networking.istio.io; rules do not know who calls pods through them',
  ]);
  expect(aboutUnjudged({ ...read, skipped: { ConfigMap: 1 } })).toEqual([]);
});

test('each has the name under which an API server lists it', () => {
  for (const { kind, plural } of OTHER_POLICIES) {
    expect(plural).toBe(`${kind.toLowerCase().slice(0, -1)}ies`);
  }
});
