import { dirname, join } from 'node:path';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment } from '../support/shop';
import { CHART, db, type Files, open, shut, useFolder, web } from './folder';

const { at, write, inFolder, told } = useFolder();

const WORKFLOW =
  'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps: [{ uses: actions/checkout@v4 }]\n';
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
    expect(readManifests([at()]).cluster.inventory).toEqual({
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
    process.chdir(dirname(at()));
    const root = at().slice(dirname(at()).length + 1);
    try {
      expect(names([`${root}/a`], root)).toEqual(['web']);
      expect(names([`/${root}/b/web.json`], join(root, 'a'), join(root, 'b', 'web.json'))).toEqual(['db']);
    } finally {
      process.chdir(home);
    }
  });
});
