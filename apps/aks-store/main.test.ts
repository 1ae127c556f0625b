import { expectSound, synthesizeApp } from '../../test/support/synth-app';

const app = synthesizeApp('aks-store');

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('the API server accepts them, and nothing is left to find', () => {
  expectSound(app);
});

/** What a policy says, as `direction pods peers ports`. */
function lines(): string[] {
  return app.policies.flatMap(({ spec }) => {
    const pods = spec?.podSelector?.matchLabels?.app ?? 'every pod';
    const rules = [
      ...(spec?.ingress ?? []).map(({ from, ports }) => ({ direction: 'from', peers: from, ports })),
      ...(spec?.egress ?? []).map(({ to, ports }) => ({ direction: 'to', peers: to, ports })),
    ];
    return rules.map(({ direction, peers = [], ports = [] }) => {
      const who = peers.map(
        ({ podSelector, ipBlock }) => Object.values(podSelector?.matchLabels ?? {}).join() || ipBlock?.cidr,
      );
      return `${pods} ${direction} ${who.join() || 'anywhere'} ${ports.map(({ port }) => port).join()}`;
    });
  });
}

test('each edge of the call graph is allowed on both sides, and nothing else', () => {
  const calls = [
    ['store-front', 'order-service', 3000],
    ['store-front', 'product-service', 3002],
    ['store-admin', 'product-service', 3002],
    ['store-admin', 'makeline-service', 3001],
    ['virtual-customer', 'order-service', 3000],
    ['virtual-worker', 'makeline-service', 3001],
    ['product-service', 'ai-service', 5001],
    ['order-service', 'rabbitmq', 5672],
    ['makeline-service', 'rabbitmq', 5672],
    ['makeline-service', 'mongodb', 27017],
  ];
  const expected = [
    ...calls.flatMap(([from, to, port]) => [`${from} to ${to} ${port}`, `${to} from ${from} ${port}`]),
    'every pod to kube-dns 53,53',
    'ai-service to 0.0.0.0/0 443',
    'store-front from anywhere 8080',
    'store-admin from anywhere 8081',
  ];
  expect(lines().sort()).toEqual(expected.sort());
});
