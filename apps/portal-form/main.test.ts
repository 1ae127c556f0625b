import { expectSound, synthesizeApp } from '../../test/support/synth-app';

const app = synthesizeApp('portal-form');

test('its manifests are what they were', () => {
  expect(app.files).toMatchSnapshot();
});

test('the API server accepts them, and nothing is left to find', () => {
  expectSound(app);
});

test('each choice of the form has one policy', () => {
  const names = app.policies.map(({ metadata }) => metadata.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(28);
});
