import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../lib/jest';
import { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { readDocuments } from '../../lib/yaml/documents';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { runModule } from '../support/run-module';
import { policy, SHOP } from '../support/shop';

const { onlyIn } = useRecordedKubectl();

const root = mkdtempSync(join(tmpdir(), 'init-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const folder = join(root, `project-${folders}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const textIn = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const init = (folder: string, ...words: string[]) => cli('init', '--dir', folder, ...words);
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const manifests = folderWith({ 'shop.json': JSON.stringify({ kind: 'List', items: SHOP }) });

/** Runs the text of a test with Jest's own `expect`, and gives the names of its tests; of a snapshot nothing is written. */
function namesRun(text: string, chart: Readonly<Record<string, unknown>>, folder = root): readonly string[] {
  const names: string[] = [];
  const run = (name: string, work: () => void) => {
    if (!work.toString().includes('Snapshot')) {
      names.push(name);
      work();
    }
  };
  const each =
    (rows: readonly Record<string, string>[]) =>
    (title: string, work: (row: Record<string, string>) => void) =>
      rows.map((row) =>
        run(
          title.replace(/\$(\w+)/g, (_, key) => row[key] ?? ''),
          () => work(row),
        ),
      );
  const test = Object.assign(run, { each });
  runModule(text, { './shop-policies': chart }, { test, __dirname: folder });
  return names;
}

const CDK8S = 'language: typescript\napp: npx tsx main.ts\n';

describe('a new project', () => {
  const folder = folderWith();

  test('has a program, a chart, a test, and what runs them', async () => {
    const { out, err, exitCode } = await init(folder, '--new', '--ci', 'github');
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(filesIn(folder)).toEqual([
      '.github',
      '.github/workflows',
      '.github/workflows/network-policies.yaml',
      '.gitignore',
      'cdk8s.yaml',
      'jest.config.cjs',
      'main.ts',
      'package.json',
      'shop-policies.test.ts',
      'shop-policies.ts',
      'tsconfig.json',
    ]);
    expect(out.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"wrote FOLDER/shop-policies.ts: a chart with a baseline and a connection
wrote FOLDER/shop-policies.test.ts: a test of who can reach whom
wrote FOLDER/package.json: the packages that it needs
wrote FOLDER/tsconfig.json: how TypeScript is checked
wrote FOLDER/.gitignore: what git leaves out
wrote FOLDER/main.ts: the program that cdk8s synth runs
wrote FOLDER/jest.config.cjs: how Jest reads TypeScript
wrote FOLDER/.github/workflows/network-policies.yaml: a workflow that checks pull requests
wrote FOLDER/cdk8s.yaml: cdk8s synth lints what it writes

Next:
  cd FOLDER
  npm install
  npx cdk8s synth
  npx jest
  npx cdk8s-aks-network-policy connections dist/
"
`);
  });

  test('and is overwritten by nobody, however often', async () => {
    const before = filesIn(folder).filter((name) => /\.\w+$/.test(name) && name !== '.github');
    const texts = () => before.map((name) => textIn(folder, name));
    const was = texts();
    const { out, exitCode } = await init(folder, '--new', '--ci', 'github', '--namespace', 'shop');
    expect(exitCode).toBe(0);
    expect(out).not.toMatch(/^(wrote|added)/m);
    expect(out).not.toContain('add to your program');
    expect(texts()).toEqual(was);
  });

  test('its test passes, and would not without the connection', () => {
    const chart = textIn(folder, 'shop-policies.ts');
    const tests = textIn(folder, 'shop-policies.test.ts');
    expect(namesRun(tests, runModule(chart))).toEqual([
      'web reaches db on its port, and on no other',
      'nobody else reaches db',
    ]);
    const shut = chart.replace(/new AllowedConnection[\s\S]*?\n {4}\}\);/, '');
    expect(() => namesRun(tests, runModule(shut))).toThrow('Denied: ');
  });
});

describe('a project that is there', () => {
  test('gets lines behind its cdk8s.yaml, with its own comments and lines, and is told what to write where', async () => {
    for (const text of [CDK8S, `${CDK8S}# mine`, CDK8S.replaceAll('\n', '\r\n')]) {
      const folder = folderWith({ 'cdk8s.yaml': text, 'package.json': '{"dependencies":{"cdk8s":"1"}}' });
      const { out, exitCode } = await init(folder, '--namespace', 'order-desk');
      expect(exitCode).toBe(0);
      const now = textIn(folder, 'cdk8s.yaml');
      expect(now.startsWith(text)).toBe(true);
      expect([...readDocuments(now)][0]).toMatchObject({
        value: {
          app: 'npx tsx main.ts',
          validations: [{ class: 'NetworkPolicyValidation', properties: { failOn: 'error' } }],
        },
        problems: [],
      });
      expect(out).toContain("import { OrderDeskPolicies } from './order-desk-policies';");
      expect(out).toContain('npm install cdk8s-aks-network-policy constructs\n');
      expect(out).toContain(
        'npm install --save-dev @types/jest @types/node cdk8s-cli jest @swc/core @swc/jest\n',
      );
    }
  });

  test.each([
    { why: 'other validations', text: `${CDK8S}validations: [{ package: other, class: A, version: 1 }]\n` },
    { why: 'brackets', text: '{ "language": "typescript", "app": "x" }' },
    { why: 'several documents', text: `---\n${CDK8S}---\na: 1\n` },
  ])('with $why in cdk8s.yaml is told the lines, and keeps its own', async ({ text }) => {
    const folder = folderWith({ 'cdk8s.yaml': text });
    const { out } = await init(folder);
    expect(textIn(folder, 'cdk8s.yaml')).toBe(text);
    expect(out).toContain('  add to cdk8s.yaml:\n');
    expect(out).toContain('    class: NetworkPolicyValidation');
  });

  test('with Jest keeps how Jest runs', async () => {
    for (const files of [{ 'package.json': '{"jest":{}}' }, { 'jest.config.ts': '' }]) {
      const folder = folderWith({ 'cdk8s.yaml': CDK8S, ...files });
      const { out } = await init(folder);
      expect(filesIn(folder)).not.toContain('jest.config.cjs');
      expect(out).not.toContain('@swc');
    }
  });

  test('with a profile has it wherever policies are judged', async () => {
    const folder = folderWith({
      'cdk8s.yaml': CDK8S,
      'aks.json': JSON.stringify({
        id: '/subscriptions/a/resourceGroups/b/providers/Microsoft.ContainerService/managedClusters/c',
        kubernetesVersion: '1.34.2',
        networkProfile: { networkPlugin: 'azure', networkPolicy: 'cilium', networkDataplane: 'cilium' },
      }),
    });
    expect(await init(folder, '--az-aks-show', join(folder, 'aks.json'), '--ci', 'azure')).toMatchObject({
      err: '',
      exitCode: 0,
    });
    expect(AksClusterProfile.fromYaml(textIn(folder, 'cluster-profile.yaml'))).toMatchObject({
      engine: 'cilium',
    });
    expect(textIn(folder, 'cdk8s.yaml')).toContain('      profile: cluster-profile.yaml\n');
    const pipeline = textIn(folder, 'azure-pipelines.network-policies.yml');
    expect(pipeline).toContain('lint --profile cluster-profile.yaml ');
    expect([...readDocuments(pipeline)]).toMatchObject([{ problems: [] }]);
  });
});

describe('from a namespace', () => {
  test.each([
    { why: 'of a live cluster', words: ['--cluster'] },
    { why: 'in files', words: [join(manifests, 'shop.json')] },
  ])('$why come its policies, its workloads, and a test that passes', async ({ words }) => {
    // Rights in the namespace are enough.
    onlyIn('shop', 'Error from server (Forbidden): User "x" cannot list');
    const folder = folderWith();
    const { out, err, exitCode } = await init(folder, '--new', '--from-namespace', 'shop', ...words);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toContain('shop-policies.ts: 1 policy of the namespace\n');
    const tests = textIn(folder, 'shop-policies.test.ts');
    const chart = runModule(textIn(folder, 'shop-policies.ts'));
    const told = namesRun(tests, chart, folder);
    expect(told).toContain('shop/web reaches shop/db on 5432/TCP');
    expect(told).toContain('internet does not reach shop/db on *');
    const open = textIn(folder, 'shop-policies.ts').replace(/new AksNetworkPolicy[\s\S]*?\n {4}\}\);/, '');
    expect(() => namesRun(tests, runModule(open), folder)).toThrow('Allowed: ');
  });

  test('what could not be read is told, and exit code 2', async () => {
    const broken = policy('broken', { podSelector: { matchLabels: { app: 1 } } } as never);
    const folder = folderWith({ 'm.json': JSON.stringify({ kind: 'List', items: [...SHOP, broken] }) });
    const answer = await init(folder, '--new', '--from-namespace', 'shop', join(folder, 'm.json'));
    expect(answer).toMatchObject({ err: expect.stringContaining('shop/broken'), exitCode: 2 });
  });
});

describe('nothing is written where', () => {
  test.each([
    { why: 'there is no project', files: {}, words: [], says: '[project-missing]' },
    {
      why: 'the language is another',
      files: { 'cdk8s.yaml': 'language: python\n' },
      words: [],
      says: 'init --new --dir',
    },
    {
      why: 'cdk8s.yaml cannot be read',
      files: { 'cdk8s.yaml': 'a: [' },
      words: [],
      says: '[syntax-invalid]',
    },
    {
      why: 'package.json cannot be read',
      files: { 'cdk8s.yaml': CDK8S, 'package.json': '{' },
      words: [],
      says: '[syntax-invalid]',
    },
    {
      why: 'the namespace is none',
      files: { 'cdk8s.yaml': CDK8S },
      words: ['-n', 'A'],
      says: '[namespace-invalid]',
    },
    {
      why: 'the namespace has no policy',
      files: { 'cdk8s.yaml': CDK8S },
      words: ['--from-namespace', 'lab', join(manifests, 'shop.json')],
      says: '[objects-missing]',
    },
    {
      why: 'files are named without a namespace',
      files: { 'cdk8s.yaml': CDK8S },
      words: [join(manifests, 'shop.json')],
      says: '[source-unclear]',
    },
    {
      why: 'the namespace is sought nowhere',
      files: { 'cdk8s.yaml': CDK8S },
      words: ['--from-namespace', 'shop'],
      says: '[source-unclear]',
    },
  ])('$why', async ({ files, words, says }) => {
    const folder = folderWith(files);
    expect(await init(folder, ...words)).toMatchObject({
      out: '',
      err: expect.stringContaining(says),
      exitCode: 2,
    });
    expect(filesIn(folder)).toEqual(Object.keys(files).sort());
  });
});
