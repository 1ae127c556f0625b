import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { ApiObject, App, type AppProps, Chart, YamlOutputType } from 'cdk8s';
import { AksNetworkPolicy, Expectations, Findings, IngressRule, Sources } from 'cdk8s-aks-network-policy';
import type { SideFile } from '../../lib/model/side-file';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'side-file-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const path = (folder = outdir) => join(folder, 'network-policies.netpol-meta');
const read = (folder = outdir): SideFile => JSON.parse(readFileSync(path(folder), 'utf8'));
const constructsIn = ({ programs }: SideFile) =>
  programs.flatMap(({ objects }) => objects.map(({ construct }) => construct));

function app(id: string, props: AppProps = {}): App {
  const app = new App({ outdir, ...props });
  const chart = new Chart(app, id, { namespace: id });
  new AksNetworkPolicy(chart, 'b', { podSelector: {} });
  new AksNetworkPolicy(chart, 'a');
  new ApiObject(chart, 'names', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: id } });
  Findings.of(app).acknowledge('blank-selector', { reason: 'every pod' });
  return app;
}

test('synth writes who wrote each object, sorted, the same for the same app', () => {
  app('shop').synth();
  const first = readFileSync(path(), 'utf8');
  expect(constructsIn(read())).toEqual(['shop/names', 'shop/a', 'shop/b']);
  const names = {
    apiVersion: 'v1',
    kind: 'Namespace',
    namespace: 'shop',
    name: 'shop',
    construct: 'shop/names',
  };
  expect(read()).toMatchObject({ schemaVersion: 1, programs: [{ objects: [names, {}, {}] }] });
  expect(first).not.toContain(process.cwd());
  app('shop').synth();
  expect(readFileSync(path(), 'utf8')).toBe(first);
});

test('a second synth writes what holds then', () => {
  const one = app('shop');
  one.synth();
  new AksNetworkPolicy(one.charts[0] as Chart, 'c');
  one.synth();
  expect(constructsIn(read())).toEqual(['shop/names', 'shop/a', 'shop/b', 'shop/c']);
});

test('apps of one program that write into one folder stand together', () => {
  app('one').synth();
  app('two').synth();
  expect(constructsIn(read())).toEqual(['one/names', 'two/names', 'one/a', 'one/b', 'two/a', 'two/b']);
  expect(read().programs).toHaveLength(1);
  expect(read().programs[0]?.acknowledgements).toHaveLength(2);
});

test('what was there before the folder was emptied is not told again', () => {
  app('one').synth();
  rmSync(path());
  app('two').synth();
  expect(constructsIn(read())).toEqual(['two/names', 'two/a', 'two/b']);
});

test.each([
  {
    why: 'of another program',
    before:
      '{"schemaVersion":1,"programs":[{"program":"other.ts","objects":[],' +
      '"findings":[],"acknowledgements":[{"rule":"no-engine","reason":"planted","construct":""}],"expectations":[]}]}',
  },
  { why: 'that breaks off', before: '{' },
  { why: 'without programs', before: '{"schemaVersion":1}' },
  { why: 'of a later version', before: '{"schemaVersion":99,"programs":[]}' },
])('a file $why is replaced, and nothing of it stays', ({ before }) => {
  app('shop').synth();
  const alone = readFileSync(path(), 'utf8');
  writeFileSync(path(), before);
  app('shop').synth();
  expect(readFileSync(path(), 'utf8')).toBe(alone);
});

test('a link is replaced, and what it leads to stays as it is', () => {
  const outside = join(outdir, 'outside');
  writeFileSync(outside, 'precious');
  symlinkSync(outside, path());
  app('shop').synth();
  expect(readFileSync(outside, 'utf8')).toBe('precious');
  expect(constructsIn(read())).toHaveLength(3);
});

test('the file that an early version left beside the manifests goes', () => {
  const early = join(outdir, 'network-policies.sourcemap');
  writeFileSync(early, '{}');
  app('shop').synth();
  expect(readdirSync(outdir).sort()).toEqual(['network-policies.netpol-meta', 'shop.k8s.yaml']);
});

test('an object has the digest of its content, and a Secret has none', () => {
  const one = app('shop');
  const chart = one.charts[0] as Chart;
  new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } });
  one.synth();
  const digests = read().programs[0]?.objects.map(({ kind, digest }) => [kind, digest]);
  const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(digests).toEqual([
    ['Namespace', digest],
    ['NetworkPolicy', digest],
    ['NetworkPolicy', digest],
    ['Secret', undefined],
  ]);
  expect(new Set(digests?.map(([, each]) => each)).size).toBe(4);
});

test.each([
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
])('output type %s has it at the top of the folder', (yamlOutputType) => {
  app('shop', { yamlOutputType }).synth();
  expect(constructsIn(read())).toHaveLength(3);
});

test('beside the templates of a Helm chart, not among them', () => {
  const templates = join(outdir, 'templates');
  mkdirSync(templates);
  writeFileSync(join(outdir, 'Chart.yaml'), '');
  app('shop', { outdir: templates }).synth();
  expect(readdirSync(templates)).toEqual(['shop.k8s.yaml']);
  expect(constructsIn(read())).toHaveLength(3);
});

test('nothing is written for an app that says nothing, nor by synthYaml', () => {
  const bare = new App({ outdir });
  new ApiObject(new Chart(bare, 'c'), 'names', { apiVersion: 'v1', kind: 'Namespace' });
  bare.synth();
  app('shop').synthYaml();
  expect(existsSync(path())).toBe(false);
});

test('an app without a policy of this package says what it expects', () => {
  const bare = new App({ outdir });
  Expectations.of(new Chart(bare, 'c')).mustReach({ from: 'a/b', to: 'c/d' });
  bare.synth();
  expect(read().programs).toMatchObject([{ expectations: [{ from: 'a/b', to: 'c/d' }] }]);
});

test('under cdk8s synth every policy has its line, and every rule that was added later', () => {
  process.env.CDK8S_OUTDIR = outdir;
  jest.isolateModules(() => {
    jest.doMock('cdk8s', () => cdk8s);
    const { AksNetworkPolicy, IngressRule } =
      require('cdk8s-aks-network-policy') as typeof import('cdk8s-aks-network-policy');
    const app = new App();
    const policy = new AksNetworkPolicy(new Chart(app, 'c'), 'p', { rules: [IngressRule.denyAll()] });
    policy.addRule(IngressRule.allowAll()).addRule(IngressRule.allow({ from: [] }));
    Findings.of(app).acknowledge('deny-preset-void', { reason: 'x' });
    Findings.of(app).acknowledge('custom-rule-without-peers', { reason: 'x' });
    app.synth();
  });
  delete process.env.CDK8S_OUTDIR;
  const code = {
    file: 'test/policy/write-side-file.test.ts',
    line: expect.any(Number),
    column: expect.any(Number),
  };
  expect(read().programs[0]?.objects).toEqual([
    expect.objectContaining({ construct: 'c/p', code, rules: { 'spec.ingress[0]': code } }),
  ]);
});

test('annotations are written where somebody asks for them, and nowhere else', () => {
  const one = new App({ outdir });
  const [with_, without] = ['with', 'without'].map((id) => new Chart(one, id)) as [Chart, Chart];
  Sources.annotate(with_);
  new AksNetworkPolicy(with_, 'p', { annotations: { 'example.com/owner': 'platform' } });
  new AksNetworkPolicy(without, 'p', { name: 'q', rules: [IngressRule.denyAll()] });
  expect(with_.toJson()[0].metadata.annotations).toEqual({
    'example.com/owner': 'platform',
    'cdk8s-aks-network-policy/construct': 'with/p',
    'cdk8s-aks-network-policy/source': expect.stringMatching(
      /^test\/policy\/write-side-file\.test\.ts:\d+:\d+$/,
    ),
  });
  expect(with_.toJson()).toEqual(with_.toJson());
  expect(without.toJson()[0].metadata).not.toHaveProperty('annotations');
});
