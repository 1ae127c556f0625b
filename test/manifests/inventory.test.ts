import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ReadManifestsOptions, readManifests } from '../../lib/manifests/read-manifests';
import { aboutInventory } from '../../lib/model/inventory-lines';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment, policy } from '../support/shop';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inventory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Files = Readonly<Record<string, string | object>>;

function write(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const inFolder = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');

/** What a person gets to read of a folder, and what is wrong. */
function told(options: ReadManifestsOptions = {}, ...paths: string[]) {
  const { cluster, problems } = readManifests(
    paths.length === 0 ? [folder] : paths.map((path) => join(folder, path)),
    options,
  );
  return {
    lines: aboutInventory(cluster.inventory).map(inFolder),
    problems: problems.map(({ code, source }) => `${inFolder(source.file ?? '')} ${code}`),
    cluster,
  };
}

const web = deployment('web');
const db = deployment('db', [5432]);
const shut = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
const open = policy('db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{}] });
const WORKFLOW =
  'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps: [{ uses: actions/checkout@v4 }]\n';
const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';
const TEMPLATE =
  '{{- if .Values.on }}\napiVersion: v1\nkind: Service\nmetadata: { name: {{ .Release.Name }} }\n{{- end }}\n';

/** Repositories as people have them. */
const TREES: readonly { why: string; files: Files; lines: string[]; reach: string }[] = [
  {
    why: 'an application beside workflows, compose files and settings of tools',
    files: {
      '.github/workflows/ci.yaml': WORKFLOW,
      '.github/workflows/release.yml': WORKFLOW,
      '.gitlab-ci.yml': 'build: { script: [!reference [.setup, script]] }\n',
      '.git/config.yaml': 'kind: Never\n',
      'node_modules/some/manifest.yaml': 'kind: Never\n',
      'docker-compose.yml': 'services: { web: { image: web, ports: ["80:80"] } }\n',
      'package.json': '{ "name": "shop", "version": "1.0.0" }',
      'tsconfig.json': '// for the compiler\n{ "compilerOptions": { "strict": true } }',
      'k8s/web.json': web,
      'k8s/db.json': [db, shut].map((each) => JSON.stringify(each)).join('\n---\n'),
    },
    lines: [
      'read 3 manifests in 2 files',
      'passed over 6 files without a manifest (.github 2, .gitlab-ci.yml, docker-compose.yml and 2 more)',
    ],
    reach: 'denied',
  },
  {
    why: 'an application with a kustomization for each stage',
    files: {
      'plain/all.json': { apiVersion: 'v1', kind: 'List', items: [web, db] },
      'base/kustomization.yaml': 'namespace: shop\nnamePrefix: prod-\nresources: [db.json]\n',
      'base/db.json': shut,
      'overlays/prod/kustomization.yml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../../base, more.json]\n',
      'overlays/prod/more.json': open,
      'overlays/prod/patches/replicas.yaml': '- { op: replace, path: /spec/replicas, value: 3 }\n',
      'overlays/dev/Kustomization': 'resources: [../../base]\n',
    },
    lines: ['read 2 manifests in 1 file', 'not built: 3 kustomizations (-k overlays/dev)'],
    reach: 'allowed',
  },
  {
    why: 'charts',
    files: {
      'charts/shop/Chart.yaml': CHART,
      'charts/shop/values.yaml': 'web: { image: web, kind: Deployment }\n',
      'charts/shop/templates/web.yaml': TEMPLATE,
      'charts/shop/templates/policy.yaml': shut,
      'charts/shop/charts/redis/Chart.yaml': CHART.replace('shop', 'redis'),
      'charts/shop/charts/redis/templates/all.yaml': TEMPLATE,
      'charts/shop/crds/crd.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a.b.c }\n',
      'dist/web.json': web,
      'dist/db.json': db,
    },
    lines: [
      'read 3 manifests in 3 files',
      'passed over 2 files without a manifest (Chart.yaml, values.yaml)',
      'not built: 3 templates of 1 Helm chart (helm template charts/shop | aks-netpol … -)',
    ],
    reach: 'allowed',
  },
  {
    why: 'a GitOps repository with releases of charts',
    files: {
      'clusters/prod/kustomization.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ./apps }\n',
      'apps/web.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: shop }\nspec: { chart: { spec: { chart: web } } }\n',
      'apps/db.json': { apiVersion: 'v1', kind: 'List', items: [db, web, shut] },
    },
    lines: [],
    reach: 'denied',
  },
  {
    why: 'the bundle of an operator, and objects in which others stand',
    files: {
      'bundle/operator.json': { apiVersion: 'v1', kind: 'List', items: [web, db, open] },
      'bundle/template.json': {
        apiVersion: 'template.openshift.io/v1',
        kind: 'Template',
        metadata: { name: 'shop', namespace: 'shop' },
        objects: [db, shut],
      },
      'bundle/work.json': {
        apiVersion: 'placement.kubernetes-fleet.io/v1',
        kind: 'Work',
        metadata: { name: 'shop', namespace: 'fleet' },
        spec: { workload: { manifests: [shut] } },
      },
    },
    lines: ['read 5 manifests in 3 files', 'not built: 3 objects in Template shop/shop, Work fleet/shop'],
    reach: 'allowed',
  },
];

test.each(TREES)('a folder is read as it is: $why', ({ files, lines, reach }) => {
  write(files);
  const found = told();
  expect(found).toMatchObject({ lines, problems: [] });
  expect(found.cluster.unreadable).toEqual([]);
  const question = { from: 'shop/web', to: 'shop/db', port: '5432' };
  expect(Reachability.of(found.cluster).outcome(question)).toBe(reach);
});

describe('what was read to the end', () => {
  test('has a file, though more documents stand in it', () => {
    write({ 'a.json': JSON.stringify(web), 'b.yaml': `---\n${JSON.stringify(db)}\n---\n# nothing\n` });
    expect(readManifests([folder]).cluster.inventory).toEqual({
      manifests: 2,
      files: 2,
      passedOver: [],
      excluded: [],
      notBuilt: [],
    });
  });
});

describe('beside manifests, what is no manifest is told, and changes no answer', () => {
  test.each([
    { why: 'an object without a kind', text: 'metadata: { name: a }\n', code: 'kind-missing' },
    { why: 'a text', text: 'hello\n', code: 'type-mismatch' },
    { why: 'a list', text: '- a\n', code: 'type-mismatch' },
  ])('$why', ({ text, code }) => {
    write({ 'a.yaml': `${JSON.stringify(web)}\n---\n${text}` });
    const { problems, cluster } = told();
    expect([problems, cluster.unreadable]).toEqual([[`a.yaml ${code}`], []]);
  });
});

describe('what looks like a manifest and is broken may be a policy', () => {
  test.each([
    { why: 'a template that is not rendered', text: TEMPLATE },
    { why: 'a text that breaks off before its kind', text: 'apiVersion: networking.k8s.io/v1\nmetadata: {' },
    { why: 'JSON that breaks off', text: '{"kind":"NetworkPolicy","apiVersion":"networking' },
    {
      why: 'an object that lost its kind',
      text: 'apiVersion: networking.k8s.io/v1\nspec: { podSelector: {} }\n',
    },
    { why: 'a list of manifests, which kubectl takes for none', text: JSON.stringify([shut]) },
    { why: 'an object with a kind that is no text', text: 'kind: 1\n' },
  ])('$why', ({ text }) => {
    write({ 'a.yaml': text });
    const { problems, cluster } = told();
    expect(problems).toHaveLength(1);
    expect(cluster.unreadable).toHaveLength(1);
    expect(cluster.unreadable[0]).not.toHaveProperty('kind');
  });
});

describe('a person who names it is told', () => {
  const KUSTOMIZATION = { 'base/kustomization.yaml': 'resources: [db.json]\n', 'base/db.json': shut };

  test.each([
    { why: 'of a kustomization', files: KUSTOMIZATION, path: 'base', says: 'base folder-not-built' },
    {
      why: 'of the file that makes one',
      files: KUSTOMIZATION,
      path: 'base/kustomization.yaml',
      says: 'base folder-not-built',
    },
    {
      why: 'of a chart, though something in it is a manifest',
      files: { 'shop/Chart.yaml': CHART, 'shop/templates/a.yaml': shut, 'shop/crds/a.json': web },
      path: 'shop',
      says: 'shop folder-not-built',
    },
    { why: 'of a folder of which nothing is read', files: KUSTOMIZATION, path: '.', says: '. folder-empty' },
    {
      why: 'of one where nothing is a manifest',
      files: { '.github/ci.yaml': WORKFLOW },
      path: '.github',
      says: '.github folder-empty',
    },
    {
      why: 'of a file that is none',
      files: { 'a.yaml': WORKFLOW },
      path: 'a.yaml',
      says: 'a.yaml kind-missing',
    },
    {
      why: 'of a file with comments alone',
      files: { 'a.yaml': '---\n# none\n' },
      path: 'a.yaml',
      says: 'a.yaml manifest-missing',
    },
  ])('$why', ({ files, path, says }) => {
    write(files);
    expect(told({}, path).problems).toEqual([says]);
  });

  test('and of nothing, where all that was named is left out as asked', () => {
    write({ 'web.json': web });
    expect(told({ exclude: ['*.json'] }, 'web.json').problems).toEqual(['web.json manifest-missing']);
  });

  test('but not of one file without a manifest among several, as that of a chart without objects', () => {
    write({ 'a.yaml': '', 'b.yaml': '# none\n', 'web.json': web });
    expect(told({}, 'a.yaml', 'web.json', 'b.yaml')).toMatchObject({
      problems: [],
      lines: ['read 1 manifest in 1 file', 'passed over 2 files without a manifest (a.yaml, b.yaml)'],
    });
    expect(told({}, 'a.yaml', 'b.yaml').problems).toEqual(['a.yaml manifest-missing']);
  });

  test('but a file in a kustomization is read when it is named', () => {
    write(KUSTOMIZATION);
    const { problems, cluster } = told({}, 'base/db.json');
    expect([problems, cluster.policies.map(({ name }) => name)]).toEqual([[], ['db']]);
  });
});

describe('a kustomization whose result is read from elsewhere', () => {
  beforeEach(() =>
    write({
      'base/kustomization.yaml': 'resources: [db.json, ../common]\n',
      'base/db.json': shut,
      'common/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base, https://example.com/x]\n',
      'other/kustomization.yaml': 'components: [../base]\n',
    }),
  );
  const built = (...folders: string[]) => told({ built: folders.map((each) => join(folder, each)) });

  test.each([
    { built: [], lines: 'not built: 4 kustomizations (-k other)' },
    { built: ['prod'], lines: 'not built: 1 kustomization (-k other)' },
    { built: ['base'], lines: 'not built: 2 kustomizations (-k other)' },
  ])('is not told, nor is what it uses: $built', ({ built: folders, lines }) => {
    expect(built(...folders).lines.at(-1)).toBe(lines);
  });

  test('and a folder in which all is built is not empty', () => {
    expect(built('prod', 'other')).toMatchObject({ lines: [], problems: [] });
  });
});

test('thousands of kustomizations that use each other are gone through one after the other', () => {
  const many = 3000;
  for (let i = 0; i < many; i++) {
    write({ [`k${i}/kustomization.yaml`]: `resources: [../k${(i + 1) % many}]\n` });
  }
  expect(told({ built: [join(folder, 'k1')] })).toMatchObject({ lines: [], problems: [] });
});

test('what a link outside says makes no folder a kustomization or a chart, and is told', () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'k.yaml'), 'resources: [db.json]\n');
  writeFileSync(join(outside, 'c.yaml'), CHART);
  write({ 'base/db.json': shut, 'shop/templates/web.json': web });
  symlinkSync(join(outside, 'k.yaml'), join(folder, 'base/kustomization.yaml'));
  symlinkSync(join(outside, 'c.yaml'), join(folder, 'shop/Chart.yaml'));
  expect(told()).toMatchObject({
    lines: [],
    problems: ['base/kustomization.yaml link-outside', 'shop/Chart.yaml link-outside'],
    cluster: { policies: [{ name: 'db' }], workloads: [{ name: 'web' }] },
  });
  rmSync(outside, { recursive: true });
});

describe('left out as asked', () => {
  test.each([
    { why: 'a folder anywhere', exclude: ['old'], left: ['a/old'], read: ['a/new/db.json', 'web.json'] },
    { why: 'files by their ending', exclude: ['*.values.json'], left: ['a/new/x.values.json'], read: [] },
    { why: 'a folder from the one that was named on', exclude: ['/a/'], left: ['a'], read: ['web.json'] },
    { why: 'all but one', exclude: ['*.json', '!web.json'], left: [], read: ['web.json'] },
  ])('$why', ({ exclude, left, read }) => {
    write({
      'web.json': web,
      'a/new/db.json': db,
      'a/new/x.values.json': shut,
      'a/old/db.json': deployment('old'),
    });
    const { cluster } = told({ exclude });
    const excluded = cluster.inventory?.excluded.map(inFolder) ?? [];
    expect(excluded).toEqual(expect.arrayContaining(left));
    const files = cluster.workloads.map(({ source }) => inFolder(source?.file ?? ''));
    expect(files).toEqual(expect.arrayContaining(read));
    expect(files.filter((file) => excluded.some((each) => file.startsWith(each)))).toEqual([]);
  });

  test('a path as a shell completes it, and a path that was named', () => {
    write({ 'a/db.json': db, 'b/web.json': web });
    const names = (exclude: string[], ...paths: string[]) =>
      readManifests(paths, { exclude }).cluster.workloads.map(({ name }) => name);
    const home = process.cwd();
    process.chdir(dirname(folder));
    const root = folder.slice(dirname(folder).length + 1);
    try {
      expect(names([`${root}/a`], root)).toEqual(['web']);
      expect(names([`/${root}/b/web.json`], join(root, 'a'), join(root, 'b', 'web.json'))).toEqual(['db']);
    } finally {
      process.chdir(home);
    }
  });
});

describe('the digest of what is not built', () => {
  const digest = () => readManifests([folder]).cluster.inventory?.notBuilt[0]?.digest;
  beforeEach(() =>
    write({
      'web.json': web,
      'base/kustomization.yaml': 'resources: [db.json]\n',
      'base/db.json': shut,
      'base/patches/a.txt': 'a',
      'shared.json': open,
    }),
  );

  test.each([
    { why: 'a file has other contents', change: () => write({ 'base/db.json': open }) },
    { why: 'a file in a folder of it has', change: () => write({ 'base/patches/a.txt': 'b' }) },
    { why: 'a file is new', change: () => write({ 'base/more.json': '{}' }) },
    { why: 'a file is gone', change: () => rmSync(join(folder, 'base/patches/a.txt')) },
  ])('is another where $why', ({ change }) => {
    const before = digest();
    change();
    expect(digest()).not.toBe(before);
  });

  test('is another where a link in it leads to other contents, and ends where one leads back', () => {
    symlinkSync('../shared.json', join(folder, 'base/link.json'));
    symlinkSync('..', join(folder, 'base/loop'));
    const before = digest();
    expect(digest()).toBe(before);
    write({ 'shared.json': shut });
    expect(digest()).not.toBe(before);
  });

  test('is not of what a link leads to that leads out of the folder', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'a.json'), '1');
    symlinkSync(outside, join(folder, 'base/link'));
    const before = digest();
    writeFileSync(join(outside, 'a.json'), '2');
    expect(digest()).toBe(before);
    rmSync(join(folder, 'base/link'));
    symlinkSync(tmpdir(), join(folder, 'base/link'));
    expect(digest()).not.toBe(before);
    rmSync(outside, { recursive: true });
  });

  test('is the same where nothing changed, whatever stands beside it', () => {
    const before = digest();
    write({ 'web.json': db, 'base/.git/index': 'x' });
    expect(digest()).toBe(before);
  });
});

describe('a key that stands twice', () => {
  const twice = (kind: string, apiVersion: string, more = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\ntype: a\ntype: b\n${more}`;

  test.each([
    { why: 'in a Secret is told', text: twice('Secret', 'v1') },
    { why: 'in rules of Prometheus is told', text: twice('PrometheusRule', 'monitoring.coreos.com/v1') },
  ])('$why, and is no problem', ({ text }) => {
    write({ 'a.yaml': text, 'web.json': web });
    const { problems, remarks } = readManifests([folder]);
    expect([problems, remarks]).toEqual([[], [expect.objectContaining({ code: 'key-duplicate' })]]);
    expect(remarks[0]?.fix).toMatch(/; this changes no answer$/);
  });

  test.each([
    { why: 'of which somebody makes pods', text: twice('Prometheus', 'monitoring.coreos.com/v1') },
    {
      why: 'to which a policy refers',
      text: twice('GlobalNetworkSet', 'crd.projectcalico.org/v1'),
    },
    {
      why: 'in which another stands',
      text: twice('Work', 'placement.kubernetes-fleet.io/v1', `spec: { m: ${JSON.stringify(shut)} }\n`),
    },
  ])('is one in an object $why', ({ text }) => {
    write({ 'a.yaml': text });
    expect(told().problems).toEqual(['a.yaml key-duplicate']);
  });
});
