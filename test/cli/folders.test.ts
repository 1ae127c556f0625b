import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const kubectl = useRecordedKubectl();

let folder: string;
const home = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folders-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const web = deployment('web');
const db = deployment('db', [5432]);
const shut = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
const KUSTOMIZATION = { 'base/kustomization.yaml': 'resources: [db.json]\n', 'base/db.json': shut };
const VALUES = { 'values.yaml': 'image: web\n' };

describe('what is passed over', () => {
  const verbs: readonly (readonly [string, ...string[]])[] = [
    ['connections', '.'],
    ['exposure', '.'],
    ['reach', 'shop/web', 'shop/db', '5432', '.'],
    ['explain', 'shop/web', 'shop/db', '.'],
    ['lint', '.'],
    ['list', '.'],
    ['show', 'shop/lonely', '.'],
    ['import', '.'],
    ['apply', '--dry-run', '-n', 'shop', '.'],
    ['create', '--dry-run', '-n', 'shop', '-f', '.'],
    ['drift', '-n', 'shop', '.'],
    ['diff', '.', '.'],
  ];

  test.each(verbs)('is told by %s', async (...words) => {
    write({
      'all.json': { apiVersion: 'v1', kind: 'List', items: [web, db, policy('lonely', { podSelector: {} })] },
      ...KUSTOMIZATION,
      ...VALUES,
    });
    const { err } = await cli(...words);
    expect(err).toContain(
      'read 3 manifests in 1 file\npassed over 1 file without a manifest (values.yaml)\nnot built: 1 kustomization (-k base)\n',
    );
  });

  test('is named one by one when somebody asks', async () => {
    write({ 'web.json': web, ...KUSTOMIZATION, ...VALUES, 'old/a.json': db });
    expect(await cli('connections', '--verbose', '--exclude', 'old', '.')).toMatchObject({
      err: [
        'read 1 manifest in 1 file',
        'passed over 1 file without a manifest (values.yaml)',
        'left out as asked: old',
        'not built: 1 kustomization (-k base)',
        'passed over: values.yaml',
        'left out as asked: old',
        'not built: kustomization base: -k base',
        '',
      ].join('\n'),
      exitCode: 0,
    });
  });

  test('is nothing to speak of where all was read, unless somebody asks', async () => {
    write({ 'web.json': web });
    expect((await cli('connections', '.')).err).toBe('');
    expect((await cli('connections', '--verbose', '.')).err).toBe('read 1 manifest in 1 file\n');
  });

  test('stands in JSON and in what goes elsewhere', async () => {
    write({ 'web.json': web, ...KUSTOMIZATION });
    const { out } = await cli('connections', '--format', 'json', '.');
    expect(JSON.parse(out).inventory).toEqual({
      manifests: 1,
      files: 1,
      passedOver: [],
      excluded: [],
      notBuilt: [
        {
          by: 'kustomize',
          name: 'base',
          folder: 'base',
          parts: 2,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    });
    expect((await cli('connections', '--format', 'markdown', '.')).out).toMatch(
      /^Read 1 manifest in 1 file; not built: 1 kustomization \(-k base\)\.$/m,
    );
  });

  test.each(['markdown', 'json', 'sarif', 'junit', 'github', 'gcc'])(
    'is told by lint as %s, and not where all was read',
    async (format) => {
      write({ 'plain/web.json': web, ...KUSTOMIZATION });
      const told = async (path: string) => (await cli('lint', '--format', format, path)).out;
      const words = format === 'json' ? /"by":"kustomize","name":"base"/ : /[Nn]ot built: 1 kustomization/i;
      expect(await told('.')).toMatch(words);
      expect(await told('plain')).not.toMatch(words);
    },
  );

  test('has a word that a shell takes as one', async () => {
    write({ 'web.json': web, "a'b $(c)/kustomization.yaml": 'resources: []\n' });
    expect((await cli('connections', '.')).err).toContain(`(-k 'a'\\''b $(c)')`);
  });
});

describe('a gate', () => {
  test.each([
    { why: 'that read nothing', paths: ['.'] },
    { why: 'whose folder is not built', paths: ['base'] },
    { why: 'whose folder is not built, beside one that is read', paths: ['base', 'plain'] },
    { why: 'of a file without a manifest', paths: ['values.yaml', 'plain'] },
  ])('$why ends with 2', async ({ paths }) => {
    write({ ...KUSTOMIZATION, ...VALUES, ...(paths.includes('plain') ? { 'plain/web.json': web } : {}) });
    expect((await cli('lint', '--fail-on', 'never', ...paths)).exitCode).toBe(2);
  });

  test('does not, where the folder is left out as asked', async () => {
    write({ ...KUSTOMIZATION, 'plain/web.json': web });
    const words = ['lint', '--fail-on', 'never', 'plain', 'base', '--exclude', 'base'] as const;
    expect((await cli(...words)).exitCode).toBe(0);
  });
});

describe('-k', () => {
  const builds = (request: string, stdout: string, stderr = '') =>
    kubectl.answerBut((answers) => {
      answers[request] = { stdout, stderr, status: stderr === '' ? 0 : 1 };
    });

  test('reads what kustomize makes of a folder, alone and beside paths', async () => {
    write({ ...KUSTOMIZATION, 'plain.json': db });
    builds('kustomize -- base', JSON.stringify(web));
    const names = async (...words: string[]) => {
      const { out, err, exitCode } = await cli('exposure', '--format', 'json', '-k', 'base', ...words);
      const exposures: { workload: { name: string } }[] = JSON.parse(out).exposures;
      return { names: exposures.map(({ workload }) => workload.name).sort(), err, exitCode };
    };
    expect(await names()).toEqual({ names: ['web'], err: '', exitCode: 0 });
    expect(await names('.')).toEqual({ names: ['db', 'web'], err: '', exitCode: 0 });
  });

  test('tells where kubectl cannot build it', async () => {
    write(KUSTOMIZATION);
    builds('kustomize -- base', '', 'error: accumulating resources\n');
    expect(await cli('lint', '-k', 'base')).toEqual({
      out: '',
      err: 'error: -k base: kubectl does not build it: error: accumulating resources; got "base"; try kubectl kustomize with this folder [kustomize-failed]\n',
      exitCode: 2,
    });
  });

  test('tells where there is no kubectl, which is not a cluster that cannot be reached', async () => {
    const { err, exitCode } = await kubectl.without(() => cli('lint', '-k', 'base'));
    expect(err).toMatch(/-k base: kubectl does not build it: kubectl could not be started; install kubectl/);
    expect(exitCode).toBe(2);
  });

  test('means a folder of both versions for diff', async () => {
    write({
      'a/base/kustomization.yaml': 'resources: [a]\n',
      'b/base/kustomization.yaml': 'resources: [b]\n',
    });
    kubectl.answerBut((answers) => {
      const built = (...all: object[]) => ({
        stdout: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: all }),
        stderr: '',
        status: 0,
      });
      answers[`kustomize -- ${join('a', 'base')}`] = built(db);
      answers[`kustomize -- ${join('b', 'base')}`] = built(db, shut);
    });
    const { out, err, exitCode } = await cli('diff', '--exit-code', '-k', 'base', 'a', 'b');
    expect([err, exitCode]).toEqual(['', 1]);
    expect(out).toContain('shop/db · kubectl kustomize b/base:1 · isolates ingress');
  });
});

/** A row, however wide its columns are. */
const pattern = (row: string) => new RegExp(`^${row.replace(/[?*]/g, '\\$&').replaceAll('  ', ' +')}$`);

describe('diff', () => {
  const changed = { ...shut, spec: { ...shut.spec, ingress: [{}] } };

  test.each([
    { why: 'a kustomization comes', before: {}, after: KUSTOMIZATION, was: 'none', is: 'unknown: *' },
    { why: 'one goes', before: KUSTOMIZATION, after: {}, was: 'unknown: *', is: 'none' },
    {
      why: 'something in one is other',
      before: KUSTOMIZATION,
      after: { ...KUSTOMIZATION, 'base/db.json': changed },
      was: 'unknown: *',
      is: 'unknown: *',
    },
  ])('is unsure where $why', async ({ before, after, was, is }) => {
    write({ 'a/web.json': web, 'b/web.json': web });
    for (const [version, files] of [['a', before] as const, ['b', after] as const]) {
      write(
        Object.fromEntries(Object.entries(files).map(([path, content]) => [join(version, path), content])),
      );
    }
    const { out, exitCode } = await cli('diff', '--exit-code', 'a', 'b');
    expect(exitCode).toBe(2);
    expect(out.split('\n')).toEqual([
      'no connection of what is read changes',
      'not built, and not the same: 1; what that opens and closes is not known',
      '',
      expect.stringMatching(/^CHANGE +FROM +TO +BEFORE +AFTER$/),
      expect.stringMatching(pattern(`? unknown  kustomization base  not known  ${was}  ${is}`)),
      '',
    ]);
    const json = JSON.parse((await cli('diff', '--format', 'json', 'a', 'b')).out);
    expect(json.summary.notBuilt).toBe(1);
    expect(json.changes).toMatchObject([
      { change: 'unknown', from: { notBuilt: { by: 'kustomize', name: 'base' } }, to: { possible: {} } },
    ]);
  });

  test('is sure where what is not built stays as it is', async () => {
    write({ 'a/web.json': web, 'a/base/kustomization.yaml': 'resources: []\n' });
    expect(await cli('diff', '--exit-code', 'a', 'a')).toMatchObject({
      out: 'no connection changes\n',
      exitCode: 0,
    });
  });

  test('says nothing good of what could not be read', async () => {
    expect(await cli('diff', 'none', 'nowhere')).toMatchObject({
      out: 'not all of it could be read, so nothing is known of what changes\n',
      exitCode: 2,
    });
  });
});

describe('-n', () => {
  const other = { ...deployment('db', [5432]), metadata: { name: 'db', namespace: 'data' } };
  const named = (text: string) => [...new Set(text.match(/(shop|data)\/\w+/g))].sort();
  beforeEach(() => write({ 'a/web.json': web, 'a/db.json': other, 'b/web.json': web }));

  test('lists of connections and exposure what concerns the pods of a namespace', async () => {
    const { out } = await cli('connections', '-n', 'shop', '--format', 'csv', 'a');
    const rows = out.trim().split('\n').slice(1);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter((row) => !/shop\/web|namespace shop/.test(row))).toEqual([]);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^shop\/web,"data\/db, shop\/web",/),
        expect.stringMatching(/^"data\/db, shop\/web",shop\/web,/),
      ]),
    );
    const { out: exposed } = await cli('exposure', '-n', 'shop', '--format', 'json', 'a');
    expect(JSON.parse(exposed)).toMatchObject({
      namespace: 'shop',
      exposures: [{ workload: { name: 'web' } }],
    });
  });

  test('tells of a difference what concerns its pods, and how much is left out', async () => {
    write({ 'b/db.json': other, 'b/p.json': { ...shut, metadata: { name: 'db', namespace: 'data' } } });
    const { out } = await cli('diff', '-n', 'kube-system', 'a', 'b');
    const { out: whole } = await cli('diff', 'a', 'b');
    expect(whole).toMatch(/^- closed +everybody/m);
    expect(out).toMatch(/^Namespace kube-system alone; \d+ rows about others left out\.$/m);
    expect(named(out)).toEqual(['data/db']);
    expect(out).not.toMatch(/default deny/);
    expect(whole).not.toMatch(/left out/);
  });

  test.each(['connections', 'exposure', 'lint'] as const)(
    'is no namespace in which nothing is: %s',
    async (verb) => {
      expect(await cli(verb, '-n', 'shp', 'a')).toMatchObject({
        out: '',
        err: expect.stringMatching(
          /--namespace: nothing that was read is in this namespace; got "shp"; write one of .*data/,
        ),
        exitCode: 2,
      });
    },
  );

  test('of diff is in one of both versions', async () => {
    expect((await cli('diff', '-n', 'data', 'a', 'b')).exitCode).toBe(0);
    expect((await cli('diff', '-n', 'dta', 'a', 'b')).exitCode).toBe(2);
  });

  test('is a namespace where objects that name none are put there', async () => {
    const { namespace: _, ...metadata } = web.metadata;
    write({ 'c/web.json': { ...web, metadata } });
    expect((await cli('lint', '-n', 'shp', '--fail-on', 'never', 'c')).exitCode).toBe(0);
  });
});
