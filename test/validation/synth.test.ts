import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { version } from '../../package.json';

/* The real `cdk8s synth` on a project that has this package, compiled, among its own modules. */

const ROOT = resolve(__dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');
const NAME = 'cdk8s-aks-network-policy';

const project = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
const installed = join(project, 'node_modules', NAME);

const MAIN = `import { ApiObject, App, Chart } from 'cdk8s';
import { AksNetworkPolicy, Findings, IngressRule, PodSelector } from '${NAME}';

const app: App = new App();
const shop = new Chart(app, 'shop', { namespace: 'shop' });
new ApiObject(shop, 'orders', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders' },
  spec: { template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'orders' }] } } },
});
new AksNetworkPolicy(shop, 'orders-policy', { name: 'orders', podSelector: PodSelector.labels({ app: 'order' }) });
new AksNetworkPolicy(shop, 'blank', { podSelector: {}, rules: [IngressRule.denyAll()] });
const meant = new AksNetworkPolicy(shop, 'meant', { podSelector: {}, rules: [IngressRule.denyAll()] });
Findings.of(meant).acknowledge('blank-selector', { reason: 'every pod is meant' });
app.synth();
`;

beforeAll(() => {
  run(
    join(BIN, 'tsc'),
    '-p',
    join(ROOT, 'lib'),
    '--outDir',
    join(installed, 'build'),
    '--noEmitOnError',
    'false',
  );
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  for (const module of ['cdk8s', 'constructs', 'js-yaml']) {
    symlinkSync(join(ROOT, 'node_modules', module), join(project, 'node_modules', module));
  }
  writeFileSync(join(project, 'main.ts'), MAIN);
});
afterAll(() => rmSync(project, { recursive: true }));

/** The lines that the page of the plugin shows. */
function configuration(): string {
  const text = readFileSync(join(ROOT, 'lib/validation/README.md'), 'utf8');
  const [, lines = ''] = /^```yaml cdk8s.yaml\n(.*?)^```/ms.exec(text) ?? [];
  expect(lines).toContain(`version: ${version}\n`);
  return lines;
}

function synth(config: string, ...words: string[]) {
  writeFileSync(join(project, 'cdk8s.yaml'), config);
  return run(join(BIN, 'cdk8s'), 'synth', '--check-upgrade=false', ...words);
}

function run(program: string, ...words: string[]) {
  const PATH = `${BIN}${delimiter}${process.env.PATH}`;
  return spawnSync(program, words, { cwd: project, encoding: 'utf8', env: { ...process.env, PATH } });
}

const RULE = 'selects-no-workload';

test('with the lines of its page a finding fails the synth, with its construct and its line', () => {
  const { status, stdout, stderr } = synth(configuration());
  expect(stdout).toContain(RULE);
  expect(stdout).toContain('- Construct Path: shop/orders-policy\n');
  expect(stdout).toContain('- Resource Name: NetworkPolicy shop/orders\n');
  expect(stdout).toContain(
    '> main.ts:12:1: spec.podSelector: no workload of namespace shop has these labels',
  );
  expect(stdout).toMatch(/Engine *│ cilium/);
  // What the constructs find themselves is told here, once, and not by synth itself as well.
  expect(stdout).toContain('> main.ts:13:1: podSelector: every pod');
  expect(stdout).not.toContain('shop/meant');
  expect(stderr).toBe('Validation failed. See above reports for details\n');
  expect(status).toBe(2);
});

test('with warnings only it succeeds, and tells them', () => {
  const { status, stdout, stderr } = synth(configuration().replace('failOn: warning', 'failOn: error'));
  expect(stdout).toContain(RULE);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(join(project, 'dist')).sort()).toEqual([
    'construct-metadata.json',
    'network-policies.netpol-meta',
    'shop.k8s.yaml',
  ]);
});

test('on standard output stand the manifests and nothing else, also as a package that cdk8s installs itself', () => {
  const manifests = readFileSync(join(project, 'dist/shop.k8s.yaml'), 'utf8');
  rmSync(join(project, 'dist'), { recursive: true });
  const own = join(project, 'plugins', NAME, version, 'node_modules');
  mkdirSync(own, { recursive: true });
  symlinkSync(installed, join(own, NAME));
  const config = configuration()
    .replace(`./node_modules/${NAME}`, NAME)
    .replace('failOn: warning', 'failOn: never');
  const { status, stdout, stderr } = synth(config, '--stdout', '--plugins-dir', join(project, 'plugins'));
  expect(stdout).toBe(manifests);
  expect(stderr).toContain(RULE);
  expect(status).toBe(0);
  expect(existsSync(join(project, 'dist'))).toBe(false);
});

test('a property that does not exist stops the synth with one sentence that says so', () => {
  const { status, stderr } = synth(configuration().replace('failOn', 'failon'));
  expect(stderr).toContain(
    'NetworkPolicyValidation properties.failon: unknown field "failon"; did you mean "failOn"?',
  );
  expect(status).not.toBe(0);
});

test('on standard output stands nothing when the synth fails', () => {
  const { status, stdout, stderr } = synth(configuration(), '-p');
  expect(stdout).toBe('');
  expect(stderr).toContain('main.ts:12:1');
  expect(status).toBe(2);
});
