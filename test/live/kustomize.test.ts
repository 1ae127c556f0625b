import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';
import { kubernetesPrograms } from './bed/kubernetes';

const { PATH } = process.env;
/** kubectl has kustomize built in; no cluster is asked. */
beforeAll(() => {
  process.env.PATH = `${kubernetesPrograms()}${delimiter}${PATH}`;
});
afterAll(() => {
  process.env.PATH = PATH;
});

const folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const shut = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
const KUSTOMIZATION = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

beforeAll(() =>
  write({
    'base/kustomization.yaml': `${KUSTOMIZATION}resources: [db.yaml, policy.yaml]\n`,
    'base/db.yaml': deployment('db', [5432]),
    'base/policy.yaml': shut,
    'prod/kustomization.yaml': `${KUSTOMIZATION}namePrefix: prod-\nnamespace: prod\nresources: [../base]\n`,
    'broken/kustomization.yaml': `${KUSTOMIZATION}resources: [gone.yaml]\n`,
  }),
);

test('what kustomize makes of a folder is judged, with its prefixes and namespace', async () => {
  const { out, err, exitCode } = await cli('reach', 'any', 'prod/prod-db', '-k', join(folder, 'prod'));
  expect([err, exitCode]).toEqual(['', 1]);
  expect(out).toMatch(/prod\/prod-db +\* +denied/);
});

test('beside the folder that it stands in, and with what it uses, nothing is told as not built', async () => {
  const words = ['connections', folder, '--exclude', 'broken', '-k', join(folder, 'prod')] as const;
  expect(await cli(...words)).toMatchObject({
    err: `read 2 manifests in 1 file\nleft out as asked: ${join(folder, 'broken')}\n`,
    exitCode: 0,
  });
});

test('what cannot be built is told in the words of kubectl', async () => {
  const { out, err, exitCode } = await cli('lint', '-k', join(folder, 'broken'));
  expect([out, exitCode]).toEqual(['', 2]);
  expect(err).toMatch(/^error: -k .*broken: kubectl does not build it: error: .*gone\.yaml/s);
});
