import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ApiObject, App, type AppProps, Chart, YamlOutputType } from 'cdk8s';
import { AksNetworkPolicy, Expectations, Findings, IngressRule, Sources } from 'cdk8s-aks-network-policy';
import { readManifests } from 'cdk8s-aks-network-policy/analysis';
import { lint } from '../../lib/lint/lint-cluster';
import { type Intent, NO_INTENT, type ProgramIntent } from '../../lib/model/finding';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'side-files-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** Two charts in the folder, with a policy each. */
function synthesize(props: AppProps = {}): App {
  const app = new App({ outdir, ...props });
  for (const id of ['one', 'two']) {
    const policy = new AksNetworkPolicy(new Chart(app, id, { namespace: id }), 'p', {
      podSelector: {},
      name: id,
    });
    policy.addRule(IngressRule.allow({ from: [] })).addRule(IngressRule.allowAll());
    Findings.of(policy).acknowledge('blank-selector', { reason: id });
    Expectations.of(policy).mustNotReach({ from: 'internet', to: `${id}/web` });
  }
  Findings.of(app).acknowledge('custom-rule-without-peers', { reason: 'everywhere' });
  app.synth();
  return app;
}

const file = () => join(outdir, 'network-policies.netpol-meta');
const constructsOf = (...paths: string[]) =>
  readManifests(paths).cluster.policies.map(({ source }) => source?.construct);

test('a folder gives constructs, lines and all that is said', () => {
  const app = synthesize();
  const { cluster, problems, remarks, intent, ruleLines } = readManifests([outdir]);
  expect([problems, remarks]).toEqual([[], []]);
  const [source] = cluster.policies.map((policy) => policy.source);
  expect(source).toMatchObject({
    file: join(outdir, 'one.k8s.yaml'),
    line: 1,
    construct: 'one/p',
    code: { file: 'test/manifests/side-files.test.ts' },
    program: { name: expect.any(String), file: file() },
  });
  expect(ruleLines.size).toBe(0);
  expect(intent).toMatchObject({ acknowledgements: [], expectations: [] });
  const said = onlyProgram(intent);
  expect(said.program).toEqual(source?.program);
  expect(said.findings).toMatchObject([
    { code: 'blank-selector', path: 'one/p', reason: 'one' },
    { code: 'custom-rule-without-peers', path: 'one/p', reason: 'everywhere' },
    { path: 'two/p' },
    { path: 'two/p' },
  ]);
  const inMemory = onlyProgram(readManifests([app]).intent);
  expect(sorted(said.findings)).toEqual(sorted(inMemory.findings));
  expect(sorted(said.acknowledgements)).toEqual(sorted(inMemory.acknowledgements));
  expect(sorted(said.expectations)).toEqual(sorted(inMemory.expectations));
});

function onlyProgram({ programs }: Intent): ProgramIntent {
  expect(programs).toHaveLength(1);
  return programs[0] as ProgramIntent;
}

const sorted = (list: readonly object[]) =>
  list.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort();

test.each([
  { why: 'the folder', paths: () => [outdir] },
  { why: 'a file in it', paths: () => [join(outdir, 'one.k8s.yaml'), join(outdir, 'two.k8s.yaml')] },
])('$why is enough', ({ paths }) => {
  synthesize();
  expect(constructsOf(...paths())).toEqual(['one/p', 'two/p']);
});

test.each([
  { why: 'the folder above', paths: () => [outdir] },
  { why: 'the folder of a chart', paths: () => ['one', 'two'].map((name) => join(outdir, name)) },
])('of an app with folders for its charts $why is enough', ({ paths }) => {
  synthesize({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
  expect(constructsOf(...paths())).toEqual(['one/p', 'two/p']);
});

const early = () => join(outdir, 'network-policies.sourcemap');

test('the name that early versions gave the file counts', () => {
  synthesize();
  renameSync(file(), early());
  const { intent, cluster } = readManifests([outdir]);
  expect(onlyProgram(intent).acknowledgements).not.toEqual([]);
  expect(cluster.policies[0]?.source?.program?.file).toBe(early());
});

test('and not where a file of the present name stands beside it, whatever is in that', () => {
  synthesize();
  renameSync(file(), early());
  writeFileSync(file(), '{');
  const { intent, problems } = readManifests([outdir]);
  expect(intent.programs).toEqual([]);
  expect(problems).toMatchObject([{ code: 'side-file-invalid', source: { file: file() } }]);
});

test.each([
  { why: 'the file is there', change: () => {}, missing: false },
  { why: 'the file is gone', change: () => rmSync(file()), missing: true },
  {
    why: 'it is gone, and was not to be read',
    change: () => rmSync(file()),
    options: { sideFiles: false },
    missing: false,
  },
])('$why: $missing, so it is missed', ({ change, options, missing }) => {
  synthesize();
  change();
  for (const path of [outdir, join(outdir, 'one.k8s.yaml')]) {
    expect(readManifests([path], options).sideFileMissing).toBe(missing ? outdir : undefined);
  }
});

test('nobody misses it beside manifests that no cdk8s program wrote', () => {
  writeFileSync(join(outdir, 'shop.yaml'), '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }');
  expect(readManifests([outdir]).sideFileMissing).toBeUndefined();
});

test('of one file only that is said which is about it, and nothing about it is called unused', () => {
  synthesize();
  const { cluster, intent } = readManifests([join(outdir, 'one.k8s.yaml')]);
  const said = onlyProgram(intent);
  expect(said.findings.map(({ path }) => path)).toEqual(['one/p', 'one/p']);
  expect(said.acknowledgements).toMatchObject([
    { construct: '', isPartial: true },
    { construct: 'one/p', reason: 'one' },
  ]);
  expect(said.expectations).toMatchObject([{ to: 'one/web' }]);
  const unused = lint(cluster, { intent }).findings.filter(({ rule }) => rule === 'acknowledgement-unused');
  expect(unused.filter(({ source }) => source?.construct === '')).toEqual([]);
});

test('another object of the same name has another construct', () => {
  synthesize();
  writeFileSync(
    join(outdir, 'one.k8s.yaml'),
    'apiVersion: v1\nkind: Service\nmetadata: { name: one, namespace: one }\n',
  );
  expect(readManifests([outdir]).cluster.services[0]?.source).toEqual({
    file: join(outdir, 'one.k8s.yaml'),
    line: 1,
  });
});

test.each([
  { text: '{ "schemaVersion": 1, "progr', code: 'side-file-invalid' },
  { text: '[]', code: 'side-file-invalid' },
  { text: '{ "schemaVersion": 1 }', code: 'side-file-invalid' },
  { text: '{ "schemaVersion": 1, "programs": [{ "program": "main.ts" }] }', code: 'side-file-invalid' },
  { text: '{ "schemaVersion": 2, "programs": "otherwise" }', code: 'side-file-newer' },
])('$text is a problem of its own, and the manifests stand', ({ text, code }) => {
  synthesize();
  writeFileSync(file(), text);
  const { cluster, problems, intent } = readManifests([outdir]);
  expect(problems).toMatchObject([{ code, source: { file: file() } }]);
  expect(problems[0]?.problem).toContain('accept and expect');
  expect(cluster.unreadable).toEqual([]);
  expect(cluster.policies).toHaveLength(2);
  expect(intent).toEqual(NO_INTENT);
});

test('what is no JSON is called so', () => {
  synthesize();
  writeFileSync(file(), '{ "schemaVersion": 1, "progr');
  expect(readManifests([outdir]).problems[0]).toMatchObject({
    got: '"{ \\"schemaVersion\\": 1"',
    problem: expect.stringMatching(/^is not JSON: /),
  });
});

test('a part of another form is a problem, whichever it is', () => {
  synthesize();
  const whole = JSON.parse(readFileSync(file(), 'utf8'));
  for (const list of ['objects', 'findings', 'acknowledgements', 'expectations']) {
    const [program] = structuredClone(whole).programs;
    const [entry] = program[list];
    for (const field of Object.keys(entry)) {
      const damaged = { ...whole, programs: [{ ...program, [list]: [{ ...entry, [field]: 7 }] }] };
      writeFileSync(file(), JSON.stringify(damaged));
      expect([field, readManifests([outdir]).problems[0]?.code]).toEqual([field, 'side-file-invalid']);
    }
  }
});

test('annotations stand in for the file, in the items of a list too', () => {
  const app = new App({ outdir });
  Sources.annotate(app);
  new AksNetworkPolicy(new Chart(app, 'c', { namespace: 'shop' }), 'p');
  const items = (app.charts[0] as Chart).toJson();
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const [policy] = readManifests([{ file: '-', text }]).cluster.policies;
  expect(policy?.source).toMatchObject({
    construct: 'c/p',
    code: { file: 'test/manifests/side-files.test.ts' },
  });
  expect(readManifests([items]).cluster.policies[0]?.source).toMatchObject({ construct: 'c/p' });
});

/** Whether each object that was read is known to be as its program wrote it. */
function areUnchanged(): (readonly [string, boolean])[] {
  const { namespaces, workloads, services, policies } = readManifests([outdir]).cluster;
  return [...namespaces.filter(({ declared }) => declared), ...workloads, ...services, ...policies].map(
    ({ name, source }) => [name, source?.program !== undefined] as const,
  );
}

test.each(['aks-store', 'cilium-fqdn', 'online-boutique', 'portal-form'])(
  'every object of apps/%s is read as it was written',
  (name) => {
    process.env.CDK8S_OUTDIR = outdir;
    jest.isolateModules(() => require(resolve('apps', name, 'main.ts')));
    delete process.env.CDK8S_OUTDIR;
    const all = areUnchanged();
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter(([, isUnchanged]) => !isUnchanged)).toEqual([]);
  },
);

test('values that YAML could read in two ways are read as they were written', () => {
  const app = new App({ outdir });
  const chart = new Chart(app, 'c', { namespace: 'shop' });
  const texts = [
    'yes',
    'null',
    '~',
    '012',
    '1e3',
    '1:30',
    '2026-11-30',
    ' a ',
    'a\nb\n',
    '# a',
    '=',
    '<<',
    '{a}',
  ];
  for (const [i, text] of texts.entries()) {
    new AksNetworkPolicy(chart, `p${i}`, { name: `p${i}`, annotations: { text } });
  }
  new ApiObject(chart, 'web', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { priority: -0, containers: [{ name: 'web', args: [...texts, 1.5, 1e21, true, null] }] },
  });
  app.synth();
  expect(areUnchanged()).toEqual([
    ['web', true],
    ...texts.map((_, i) => [`p${i}`, true] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
});
