import 'cdk8s-aks-network-policy/jest';
import { expectSound, synthesizeApp } from '../../test/support/synth-app';

const app = synthesizeApp('online-boutique');

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('the API server accepts them, and nothing is left to find', () => {
  expectSound(app);
});

test('Prometheus scrapes every service, and reaches nothing else of it', () => {
  expect(app.objects).toAllow('monitoring/prometheus', 'boutique-back/cartservice', 'metrics');
  expect(app.objects).toAllow('monitoring/prometheus', 'boutique-front/frontend', '9464/TCP');
  expect(app.objects).toDeny('monitoring/prometheus', 'boutique-back/cartservice', 7070);
});

test('the cart is kept from everybody but its service', () => {
  expect(app.objects).toAllow('boutique-back/cartservice', 'boutique-back/redis-cart', 6379);
  expect(app.objects).toDeny('boutique-front/frontend', 'boutique-back/redis-cart');
  expect(app.objects).toDeny('internet', 'boutique-back/redis-cart');
});

test('who can reach whom is what it was', () => {
  expect(app.objects).toMatchConnectivitySnapshot();
});
