import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const db = write('db.json', JSON.stringify(policy('db', { podSelector: { matchLabels: { app: 'db' } } })));
const homeless = write(
  'homeless.yaml',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { podSelector: {} }\n',
);
const raw = write('raw.json', JSON.stringify(policy('raw', { policyTypes: ['Ingress'], egress: [{}] })));
const broken = write(
  'broken.yaml',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { nam: a }\n',
);

test('writes to standard output, and says nothing else', async () => {
  const { out, err, exitCode } = await cli('import', db);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out).toContain("new AksNetworkPolicy(this, 'db', {");
});

test('--out writes a file, and never over another without --force', async () => {
  const file = join(folder, 'out.ts');
  expect(await cli('import', '--out', file, db)).toEqual({ out: '', err: '', exitCode: 0 });
  const { out } = await cli('import', db);
  expect(readFileSync(file, 'utf8')).toBe(out);
  writeFileSync(file, 'mine');
  const refused = await cli('import', '--out', file, db);
  expect(refused).toMatchObject({ out: '', err: expect.stringContaining('[file-exists]'), exitCode: 2 });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(await cli('import', '--out', file, '--force', db)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(file, 'utf8')).toBe(out);
  expect(await cli('import', '--out', join(folder, 'deep/er/out.ts'), db)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(folder, 'deep/er/out.ts'), 'utf8')).toBe(out);
  expect(await cli('import', '--out', join(file, 'out.ts'), db)).toMatchObject({
    err: expect.stringContaining('[file-unwritable]'),
    exitCode: 2,
  });
});

test('a policy that stays an object is told, and no failure', async () => {
  const { err, exitCode } = await cli('import', raw);
  expect(exitCode).toBe(0);
  expect(err).toMatch(/raw\.json:1: NetworkPolicy shop\/raw: left as an ApiObject: .*\n$/);
});

test('what could not be read is told, named in the file, and exit code 2', async () => {
  const { out, err, exitCode } = await cli('import', db, broken);
  expect(exitCode).toBe(2);
  expect(err).toContain('broken.yaml:3:13');
  expect(out).toContain("'db'");
  expect(out).toMatch(/\/\/ Not imported: .*broken\.yaml/);
});

test('--namespace is where policies that name none are put, and that is said', async () => {
  const { out, err } = await cli('import', homeless);
  expect(out).toContain("{ namespace: 'default' }");
  expect(err).toBe('1 policy names no namespace and will be in default; --namespace names another\n');
  expect((await cli('import', broken)).err).not.toContain('will be in');
  expect((await cli('import', '--namespace', 'shop', homeless)).out).toContain("{ namespace: 'shop' }");
  expect(await cli('import', '--namespace', 'Shop', homeless)).toMatchObject({ out: '', exitCode: 2 });
});

test('--adopt labels', async () => {
  expect((await cli('import', '--adopt', db)).out).toContain(
    "labels: { 'app.kubernetes.io/managed-by': 'cdk8s-aks-network-policy' }",
  );
});

test('without a policy there is nothing to import', async () => {
  const file = write('web.json', JSON.stringify(deployment('web')));
  expect(await cli('import', file)).toMatchObject({
    out: '',
    err: expect.stringContaining('[objects-missing]'),
    exitCode: 2,
  });
});

test('--format json has the module, and what became of each policy', async () => {
  const { out, exitCode } = await cli('import', '--format', 'json', db, raw, broken);
  expect(exitCode).toBe(2);
  const { module, policies, problems } = JSON.parse(out);
  expect(module).toBe((await cli('import', db, raw, broken)).out);
  expect(policies).toMatchObject([
    { kind: 'NetworkPolicy', namespace: 'shop', name: 'db', as: 'construct', notes: [] },
    { namespace: 'shop', name: 'raw', as: 'object', notes: [expect.any(String)] },
    { as: 'nothing', notes: [expect.any(String)], source: { file: broken } },
  ]);
  expect(problems).toMatchObject([{ code: 'name-missing' }, { code: 'field-unknown' }]);
});

describe('policies of the kinds of Cilium', () => {
  const cilium = write(
    'cilium.yaml',
    `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: db, namespace: shop }
spec: { endpointSelector: {}, ingress: [{ fromEntities: [cluster] }] }
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec: { nodeSelector: {}, ingress: [{}] }
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: block-azure-destinations }
spec: { endpointSelector: {}, egressDeny: [{ toCIDR: [168.63.129.16/32] }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: db, namespace: prod }
spec: { endpointSelector: {}, ingress: [{}] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: db, namespace: prod }
spec: { endpointSelector: {}, egress: [{}] }
`,
  );

  test('become constructs of their kinds, and what is left is told with its reason', async () => {
    const { out, err, exitCode } = await cli('import', '--format', 'json', cilium, db);
    // Two policies of one name were not imported.
    expect(exitCode).toBe(2);
    const { module, policies } = JSON.parse(out);
    expect(module).toContain("new CiliumNetworkPolicy(this, 'db', {");
    expect(module).toContain("new AksNetworkPolicy(this, 'db-2', {\n      name: 'db',");
    expect(
      policies.map(({ kind, namespace, name, as }: Record<string, string>) => [kind, namespace, name, as]),
    ).toEqual([
      ['CiliumNetworkPolicy', 'shop', 'db', 'construct'],
      ['CiliumClusterwideNetworkPolicy', undefined, 'nodes', 'object'],
      ['CiliumClusterwideNetworkPolicy', undefined, 'block-azure-destinations', 'nothing'],
      ['CiliumNetworkPolicy', 'prod', 'db', 'nothing'],
      ['CiliumNetworkPolicy', 'prod', 'db', 'nothing'],
      ['NetworkPolicy', 'shop', 'db', 'construct'],
    ]);
    for (const line of [
      'CiliumClusterwideNetworkPolicy nodes: left as an ApiObject: spec.nodeSelector: constructs do not write it',
      'CiliumClusterwideNetworkPolicy block-azure-destinations: not imported: AKS puts it into clusters by itself',
      'CiliumNetworkPolicy prod/db: not imported: another one has its name and says something else',
    ]) {
      expect(err).toContain(line);
    }
  });

  test('those that AKS puts into clusters are no failure', async () => {
    const own = write(
      'own.yaml',
      `apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: block-azure-destinations }
spec: { endpointSelector: {}, egressDeny: [{ toCIDR: [168.63.129.16/32] }] }
`,
    );
    expect(await cli('import', own, db)).toMatchObject({
      err: expect.stringContaining('not imported: AKS puts it into clusters by itself'),
      exitCode: 0,
    });
  });
});
