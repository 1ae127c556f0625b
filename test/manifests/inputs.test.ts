import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { App, Chart } from 'cdk8s';
import { AksNetworkPolicy } from 'cdk8s-aks-network-policy';
import { readManifests } from '../../lib/manifests/read-manifests';
import { describeManifestProblem } from '../../lib/model/manifest-problem';
import { policyYaml } from './read';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files, named by their paths in the folder. */
function write(files: Record<string, string | Buffer>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const named = (name: string) => policyYaml('podSelector: {}', name);
const POLICY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'hidden' },
  spec: { podSelector: {} },
};
const namesOf = (...sources: Parameters<typeof readManifests>[0]) =>
  readManifests(sources).cluster.policies.map(({ name }) => name);
const inFolder = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
const complaints = (...sources: Parameters<typeof readManifests>[0]) =>
  readManifests(sources).problems.map((problem) => inFolder(describeManifestProblem(problem)));

test('a folder is read with the folders in it, for .yaml, .yml and .json', () => {
  write({
    'b.yaml': named('b'),
    'c/d/e.yml': named('e'),
    'a.json': '{"kind":"ConfigMap","apiVersion":"v1"}\n',
    'note.txt': '?',
  });
  const { cluster, problems, skipped } = readManifests([folder]);
  expect(problems).toEqual([]);
  expect(skipped).toEqual({ ConfigMap: 1 });
  expect(cluster.policies.map(({ source }) => inFolder(source?.file ?? ''))).toEqual(['b.yaml', 'c/d/e.yml']);
});

test('what cdk8s leaves in a folder for validation plugins is passed over, unless it is named', () => {
  const metadata = '{"version":"1.0.0","resources":{"a":{"path":"shop/a"}}}';
  write({ 'a.yaml': named('a'), 'construct-metadata.json': metadata });
  expect(complaints(folder)).toEqual([]);
  expect(namesOf(folder)).toEqual(['a']);
  expect(complaints(join(folder, 'construct-metadata.json'))).toEqual([
    expect.stringContaining('construct-metadata.json:1:1: kind: a manifest needs a kind'),
  ]);
});

const METADATA = '{"version":"1.0.0","resources":{"a":{"path":"shop/a"}}';

test.each([
  {
    why: 'without a version',
    text: '{"resources":{}}',
    names: [],
    says: ['there is no manifest in this folder'],
  },
  {
    why: 'that is a List as well',
    text: `${METADATA},"apiVersion":"v1","kind":"List","items":[${JSON.stringify(POLICY)}]}`,
    names: ['hidden'],
    says: [],
  },
  {
    why: 'that is a policy as well',
    text: `${METADATA},${JSON.stringify(POLICY).slice(1)}`,
    names: [],
    says: ['resources: unknown field', 'version: unknown field'],
  },
  {
    why: 'with another document',
    text: `${METADATA}}\n---\n${named('hidden')}`,
    names: ['hidden'],
    says: ['kind: a manifest needs a kind'],
  },
  { why: 'that breaks off', text: METADATA, names: [], says: ['there is no manifest in this folder'] },
])('a file of that name $why is a manifest like any other, or none', ({ text, names, says }) => {
  write({ 'construct-metadata.json': text });
  expect(namesOf(folder)).toEqual(names);
  expect(complaints(folder).sort()).toEqual(says.map((each) => expect.stringContaining(each)));
});

describe('in a folder', () => {
  let outside: string;
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret'), 'machine: example.com hunter2');
    writeFileSync(join(outside, 'o.yaml'), named('o'));
    write({ 'a.yaml': named('a') });
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  const link = (target: string, name: string) => symlinkSync(target, join(folder, name));

  /** Names are what kubectl 1.32 takes of `kubectl annotate --local --recursive --filename folder`, but for links outside. */
  test.each([
    {
      why: 'an ending in capitals is passed over',
      make: () => write({ 'b.YAML': named('b') }),
      remark: 'b.YAML',
    },
    {
      why: 'an ending partly in capitals, too',
      make: () => write({ 'b.Json': named('b') }),
      remark: 'b.Json',
    },
    { why: 'another ending is passed over in silence', make: () => write({ 'b.yaml.bak': '{' }) },
    { why: 'a link to a folder is not followed', make: () => link(outside, 'more'), remark: 'more' },
    {
      why: 'nor is one to a folder in it',
      make: () => {
        write({ 'data/d.yaml': named('d') });
        link('data', 'more');
      },
      names: ['a', 'd'],
      remark: 'more',
    },
    { why: 'nor one in a circle', make: () => link('.', 'more'), remark: 'more' },
    { why: 'nor one that leads to itself', make: () => link('more', 'more') },
    {
      why: 'a link to a file in it is read',
      make: () => {
        write({ 'data/d.txt': named('d') });
        link('data/d.txt', 'd.yaml');
      },
      names: ['a', 'd'],
    },
    {
      why: 'a link to a file outside is a problem',
      make: () => link(join(outside, 'o.yaml'), 'o.yaml'),
      problem: 'link-outside',
    },
    {
      why: 'so is one by way of a folder in it',
      make: () => {
        write({ 'data/d.txt': '' });
        link(`../${basename(folder)}/data/../../${basename(outside)}/o.yaml`, 'o.yaml');
      },
      problem: 'link-outside',
    },
    {
      why: 'a link to a link is judged by where it ends',
      make: () => {
        link(join(outside, 'o.yaml'), 'middle');
        link('middle', 'o.yaml');
      },
      problem: 'link-outside',
    },
    {
      why: 'a link to a folder that looks like a file',
      make: () => link(outside, 'o.yaml'),
      problem: 'link-outside',
    },
    {
      why: 'a link to itself that looks like a file',
      make: () => link('o.yaml', 'o.yaml'),
      problem: 'file-unreadable',
    },
    { why: 'a pipe is not waited for', make: () => pipe('o.yaml'), problem: 'file-unreadable' },
    { why: 'nor is a device', make: () => link('/dev/zero', 'o.yaml'), problem: 'link-outside' },
    {
      why: 'nor a pipe behind a link',
      make: () => {
        pipe('pipe');
        link('pipe', 'o.yaml');
      },
      problem: 'file-unreadable',
    },
    { why: 'nor a pipe with another ending', make: () => pipe('pipe') },
  ])('$why', ({ make, names = ['a'], remark, problem }) => {
    make();
    const { cluster, problems, remarks } = readManifests([folder]);
    expect(cluster.policies.map(({ name }) => name)).toEqual(names);
    expect(remarks.map(({ source }) => inFolder(source.file ?? ''))).toEqual(
      remark === undefined ? [] : [remark],
    );
    expect(problems.map(({ code }) => code)).toEqual(problem === undefined ? [] : [problem]);
    expect(cluster.unreadable).toHaveLength(problems.length);
  });

  test('nothing of a file outside is quoted', () => {
    link(join(outside, 'secret'), 's.yaml');
    const text = JSON.stringify(readManifests([folder]));
    expect(text).toContain('link-outside');
    expect(text).not.toMatch(/hunter2|machine/);
  });

  test('a folder of which nothing is read has no manifest', () => {
    rmSync(join(folder, 'a.yaml'));
    write({ 'b.YAML': named('b') });
    expect(readManifests([folder])).toMatchObject({
      problems: [{ code: 'folder-empty' }],
      remarks: [{ code: 'file-passed-over' }],
    });
  });
});

const pipe = (name: string) => execFileSync('mkfifo', [join(folder, name)]);

describe('what is named by itself', () => {
  test('may be a link to a folder or a file', () => {
    write({ 'data/a.yaml': named('a'), 'b.YAML': named('b') });
    symlinkSync('data', join(folder, 'link'));
    symlinkSync('b.YAML', join(folder, 'file'));
    expect(namesOf(join(folder, 'link'), join(folder, 'file'))).toEqual(['a', 'b']);
  });

  test('is the folder that its link leads to: another link in it may not lead out of there', () => {
    write({ 'data/a.yaml': named('a'), 'o.yaml': named('o') });
    symlinkSync('data', join(folder, 'link'));
    symlinkSync('a.yaml', join(folder, 'data/b.yaml'));
    symlinkSync('../o.yaml', join(folder, 'data/c.yaml'));
    const { problems, cluster } = readManifests([join(folder, 'link')]);
    expect(cluster.policies.map(({ name }) => name)).toEqual(['a']);
    expect(problems).toMatchObject([{ code: 'link-outside' }]);
  });

  test.each([
    { why: 'a pipe', make: () => pipe('p'), path: () => join(folder, 'p'), got: 'a pipe' },
    { why: 'a device', make: () => {}, path: () => '/dev/zero', got: 'a device' },
  ])('is refused if it is $why', ({ make, path, got }) => {
    make();
    const { problems, cluster } = readManifests([path()]);
    expect(problems).toMatchObject([{ code: 'file-unreadable', got }]);
    expect(cluster.unreadable).toHaveLength(1);
  });

  test('may be what a shell hands over', () => {
    write({
      'a.yaml': named('a'),
      'read.ts': `import { readManifests } from '${resolve('lib/manifests/read-manifests')}';
        const { cluster, problems } = readManifests(process.argv.slice(2));
        console.log(JSON.stringify([cluster.policies.map(({ name }) => name), problems]));`,
    });
    const command = `'${resolve('node_modules/.bin/tsx')}' read.ts <(cat a.yaml) /dev/stdin < <(sed s/a,/b,/ a.yaml)`;
    const printed = execFileSync('bash', ['-c', command], { cwd: folder });
    expect(JSON.parse(String(printed))).toEqual([['a', 'b'], []]);
  });
});

test('a file that is named is read, whatever its ending', () => {
  write({ rendered: named('a') });
  expect(namesOf(join(folder, 'rendered'))).toEqual(['a']);
});

test.each([
  {
    why: 'a path that leads nowhere',
    files: {},
    path: 'none.yaml',
    says: 'none.yaml: the input: there is no such file or folder',
  },
  {
    why: 'a folder without manifests',
    files: { 'a/note.txt': '' },
    path: '',
    says: '.: the input: there is no manifest in this folder',
  },
  {
    why: 'a file that is no UTF-8',
    files: { 'a.yaml': Buffer.from([0x61, 0xef, 0xbf, 0xbd, 0xff, 0x62]) },
    path: '',
    says: 'a.yaml: the input: a manifest is text in UTF-8, or in UTF-16 with a byte order mark; got bytes that are not UTF-8, the first of them after 4 bytes',
  },
])('$why is a problem', ({ files, path, says }) => {
  write(files as Record<string, string>);
  const source = path === '' ? folder : join(folder, path);
  expect(complaints(source)).toEqual([expect.stringContaining(says)]);
  expect(readManifests([source]).cluster.unreadable).toHaveLength(1);
});

test('a link that leads nowhere is a problem', () => {
  symlinkSync('nowhere', join(folder, 'a.yaml'));
  expect(complaints(folder)).toEqual([expect.stringContaining('a.yaml: the input: there is no such file')]);
});

test('- is standard input, and named twice it is the same', () => {
  write({
    'read.ts': `import { readManifests } from '${resolve('lib/manifests/read-manifests')}';
      const { cluster, problems } = readManifests(['-', '-']);
      console.log(JSON.stringify([cluster.policies.map(({ name, source }) => [name, source]), problems]));`,
  });
  const printed = execFileSync(resolve('node_modules/.bin/tsx'), [join(folder, 'read.ts')], {
    input: named('a'),
  });
  expect(JSON.parse(String(printed))).toEqual([[['a', { file: '-', line: 1 }]], []]);
});

test.each([
  {
    why: 'nothing came through a pipe',
    input: ' \n',
    says: [expect.stringMatching(/no manifest came through standard input.*the program before/)],
  },
  {
    why: 'what came has comments alone',
    input: '---\n# Source: web/templates/none.yaml\n',
    says: [expect.stringMatching(/^no manifest was read: there is none/)],
  },
])('that $why is told', ({ input, says }) => {
  write({
    'read.ts': `import { readManifests } from '${resolve('lib/manifests/read-manifests')}';
      console.log(JSON.stringify(readManifests(['-']).problems.map(({ problem, fix }) => problem + '; ' + fix)));`,
  });
  const printed = execFileSync(resolve('node_modules/.bin/tsx'), [join(folder, 'read.ts')], { input });
  expect(JSON.parse(String(printed))).toEqual(says);
});

test('objects in memory are read as they are, also in lists', () => {
  const policy = (name: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {},
  });
  expect(
    namesOf(policy('a'), [policy('b'), { apiVersion: 'v1', kind: 'List', items: [policy('c')] }]),
  ).toEqual(['a', 'b', 'c']);
  expect(readManifests([policy('a')]).cluster.policies[0]?.written).toEqual(policy('a'));
});

describe('a cdk8s app', () => {
  function shop(): App {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new AksNetworkPolicy(chart, 'db-ingress');
    new AksNetworkPolicy(new Chart(app, 'other', { namespace: 'other' }), 'web-ingress');
    return app;
  }

  test('is read with the path of each construct', () => {
    const { cluster, problems } = readManifests([shop()]);
    expect(problems).toEqual([]);
    const program = { name: 'app 1 in memory' };
    expect(cluster.policies.map(({ namespace, source }) => [namespace, source])).toEqual([
      ['other', { construct: 'other/web-ingress', program }],
      ['shop', { construct: 'shop/db-ingress', program }],
    ]);
  });

  test('gives its charts one by one', () => {
    const chart = shop().charts.find(({ namespace }) => namespace === 'shop') as Chart;
    expect(readManifests([chart]).cluster.policies.map(({ namespace }) => namespace)).toEqual(['shop']);
  });
});

test('a path without brackets is refused, because each of its letters would be a path', () => {
  expect(() => readManifests('dist' as never)).toThrow(
    expect.objectContaining({ code: 'type-mismatch', at: 'readManifests inputs', got: '"dist"' }),
  );
});
