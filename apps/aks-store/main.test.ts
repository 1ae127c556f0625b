import { withProfile } from 'cdk8s-aks-network-policy/jest';
import { expectSound, synthesizeApp } from '../../test/support/synth-app';

const app = synthesizeApp('aks-store');

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('the API server accepts them, and nothing is left to find', () => {
  expectSound(app);
});

/** Who calls whom; everybody may ask for names besides. */
const CALLS = [
  { from: 'pets/store-front', to: 'pets/order-service', port: 3000 },
  { from: 'pets/store-front', to: 'pets/product-service', port: 3002 },
  { from: 'pets/store-admin', to: 'pets/product-service', port: 3002 },
  { from: 'pets/store-admin', to: 'pets/makeline-service', port: 3001 },
  { from: 'pets/virtual-customer', to: 'pets/order-service', port: 3000 },
  { from: 'pets/virtual-worker', to: 'pets/makeline-service', port: 3001 },
  { from: 'pets/product-service', to: 'pets/ai-service', port: 5001 },
  { from: 'pets/order-service', to: 'pets/rabbitmq', port: 5672 },
  { from: 'pets/makeline-service', to: 'pets/rabbitmq', port: 5672 },
  { from: 'pets/makeline-service', to: 'pets/mongodb', port: 27017 },
];

/** Whoever it is: addresses, and pods that no manifest here tells of. */
const ANYBODY = ['0.0.0.0/0', 'any'].flatMap((end) => [
  { from: end, to: 'pets/store-front', port: 8080 },
  { from: end, to: 'pets/store-admin', port: 8081 },
  { from: 'pets/ai-service', to: end, port: 443 },
]);

test.each(CALLS)('$from may call $to', ({ from, to, port }) => {
  expect(app.objects).toAllow(from, to, port);
});

test('the call graph and the way in and out are all that is allowed', () => {
  expect(app.objects).toAllowOnly([...CALLS, ...ANYBODY]);
});

test('what nobody calls is closed', () => {
  expect(app.objects).toDeny('pets/store-front', 'pets/mongodb');
  expect(app.objects).toDeny('internet', 'pets/rabbitmq');
  expect(app.objects).toDeny('pets/ai-service', '169.254.169.254', 443);
  expect(app.objects).toIsolate('pets/mongodb', 'Ingress');
  expect(app.objects).toIsolate('pets/mongodb', 'Egress');
});

test.each(['azure', 'calico', 'cilium'] as const)('on %s the same calls are allowed', (engine) => {
  for (const { from, to, port } of CALLS) {
    expect(withProfile(app.objects, { engine })).toAllow(from, to, port);
  }
});
