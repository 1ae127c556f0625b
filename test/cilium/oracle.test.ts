import { ask, passes } from './oracle';

test('a rule without peers and ports isolates and allows nothing', async () => {
  const { invalid, verdicts } = await ask({
    policies: [
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        spec: { endpointSelector: {}, ingress: [{}] },
      },
    ],
    pods: [
      { namespace: 'shop', name: 'web' },
      { namespace: 'shop', name: 'db' },
    ],
    probes: [{ from: { pod: 0 }, to: { pod: 1 }, protocol: 'TCP', port: 80 }],
  });
  expect(invalid).toEqual([null]);
  expect(verdicts).toEqual([{ egress: 'allow', ingress: 'deny', l7: false }]);
  expect(verdicts.map(passes)).toEqual([false]);
});
