import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { synthesizeApp } from '../support/synth-app';
import { judge } from './validator';

const APPS = resolve(__dirname, '../../apps');
const apps = readdirSync(APPS).filter((name) => existsSync(resolve(APPS, name, 'main.ts')));

test.each(apps)('the API server accepts every policy of apps/%s', (name) => {
  const { policies } = synthesizeApp(name);
  expect(policies.length).toBeGreaterThan(0);
  const refused = judge(policies).map((verdict, i) => ({ name: policies[i]?.metadata.name, ...verdict }));
  expect(refused.filter((verdict) => 'causes' in verdict)).toEqual([]);
});
