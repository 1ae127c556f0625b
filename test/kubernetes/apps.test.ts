import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { synthesizeApp } from '../support/synth-app';
import { judge } from './validator';

/** The examples that `cdk8s synth` runs. */
const apps = [
  ...readFileSync(resolve(__dirname, '../../apps/main.ts'), 'utf8').matchAll(/'\.\/([\w-]+)\/main'/g),
]
  .map(([, name]) => name as string)
  // Its policies are of Cilium's own kinds, which `npm run test:cilium` compares with their definitions.
  .filter((name) => name !== 'cilium-fqdn');

test('there are examples', () => {
  expect(apps.length).toBeGreaterThan(2);
});

test.each(apps)('the API server accepts every policy of apps/%s', (name) => {
  const { policies } = synthesizeApp(name);
  expect(policies.length).toBeGreaterThan(0);
  const refused = judge(policies).map((verdict, i) => ({ name: policies[i]?.metadata.name, ...verdict }));
  expect(refused.filter((verdict) => 'causes' in verdict)).toEqual([]);
});
