import { readManifests } from 'cdk8s-aks-network-policy/analysis';
import { withProfile } from 'cdk8s-aks-network-policy/jest';
import { expectSound, synthesizeApp } from '../../test/support/synth-app';
import { CLUSTER } from './store-on-cilium';

const app = synthesizeApp('cilium-fqdn');
const onCilium = withProfile(app.objects, CLUSTER);

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('each policy is of a kind of Cilium, understood, and nothing is left to find', () => {
  expectSound(app);
  expect(app.policies).toEqual([]);
  const { cluster, problems } = readManifests([app.objects]);
  expect(problems).toEqual([]);
  expect(cluster.unjudged?.filter(({ says }) => says === undefined)).toEqual([]);
});

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
  { from: 'internet', to: 'pets/store-front', port: 8080 },
  { from: 'internet', to: 'pets/store-admin', port: 8081 },
  { from: 'pets/ai-service', to: 'kube-system/coredns', port: '53/UDP' },
];

test.each(CALLS)('$from may call $to', ({ from, to, port }) => {
  expect(onCilium).toAllow(from, to, port);
});

test.each([
  { from: 'pets/store-front', to: 'pets/makeline-service' },
  { from: 'internet', to: 'pets/rabbitmq' },
  { from: 'pets/store-front', to: 'internet', port: 443 },
  { from: 'pets/ai-service', to: 'internet', port: 80 },
  { from: 'pets/ai-service', to: '169.254.169.254', port: 80 },
])('$from may not call $to', ({ from, to, port }) => {
  expect(onCilium).toDeny(from, to, port);
});

test('every pod is isolated both ways', () => {
  for (const name of ['store-front', 'order-service', 'ai-service', 'mongodb']) {
    expect(onCilium).toIsolate(`pets/${name}`, 'Ingress');
    expect(onCilium).toIsolate(`pets/${name}`, 'Egress');
  }
});
