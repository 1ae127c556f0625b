import { expectSound, synthesizeApp } from '../../test/support/synth-app';

const app = synthesizeApp('online-boutique');

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('the API server accepts them, and nothing is left to find', () => {
  expectSound(app);
});
