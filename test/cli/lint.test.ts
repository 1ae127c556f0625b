import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { run } from '../../lib/cli/program';
import { RULES } from '../../lib/lint/catalogue';
import { rulePage } from '../../lib/lint/rule-page';
import { LINT_FORMATS } from '../../lib/render/outputs';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'lint-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const list = (name: string, items: readonly object[]) =>
  write(name, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

const lonely = policy('lonely', { podSelector: { matchLabels: { app: 'order' } }, policyTypes: ['Ingress'] });
const unlisted = policy('unlisted', {
  podSelector: {},
  policyTypes: ['Ingress'],
  egress: [{ to: [{ podSelector: {} }] }],
});
const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const clean = list('clean.json', [deployment('orders'), denied]);
/** A warning. */
const warned = list('warned.json', [deployment('orders'), denied, lonely]);
/** It has nothing to be warned of. */
const elsewhere = list('elsewhere.json', [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } },
]);
/** A warning by the specification, an error on Cilium. */
const wrong = list('wrong.json', [deployment('orders'), unlisted]);
const broken = write(
  'broken.yaml',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: b, namespace: shop }\nspec: 5\n',
);
const lint = (...words: string[]) => cli('lint', ...words);

describe('the exit code', () => {
  test.each([
    { why: 'is 0 without findings', words: ['--fail-on', 'info', clean], exitCode: 0 },
    { why: 'is 0 for a warning', words: [warned], exitCode: 0 },
    { why: 'is 1 for a warning from warning on', words: ['--fail-on', 'warning', warned], exitCode: 1 },
    { why: 'is 1 for a warning from info on', words: ['--fail-on', 'info', warned], exitCode: 1 },
    { why: 'is 1 for an error', words: ['--engine', 'cilium', wrong], exitCode: 1 },
    {
      why: 'is 0 for an error when a run never fails',
      words: ['--engine', 'cilium', '--fail-on', 'never', wrong],
      exitCode: 0,
    },
    {
      why: 'counts only the rules asked for',
      words: ['--fail-on', 'info', '--rule', 'rules-of-unlisted-type', warned],
      exitCode: 0,
    },
    {
      why: 'counts only the namespace asked for',
      words: ['--fail-on', 'warning', '-n', 'orders', warned, elsewhere],
      exitCode: 0,
    },
    { why: 'counts that namespace', words: ['--fail-on', 'warning', '-n', 'shop', warned], exitCode: 1 },
    { why: 'is 2 for a namespace in which nothing is', words: ['-n', 'shp', warned], exitCode: 2 },
    { why: 'is 2 for a namespace that is none', words: ['-n', 'Shop', warned], exitCode: 2 },
    { why: 'is 2 for unreadable input', words: ['--fail-on', 'never', clean, broken], exitCode: 2 },
    {
      why: 'is 2 for unreadable input with findings',
      words: ['--fail-on', 'info', warned, broken],
      exitCode: 2,
    },
    { why: 'is 2 for a file that is missing', words: [`${clean}x`], exitCode: 2 },
    { why: 'is 2 without a path', words: [], exitCode: 2 },
    { why: 'is 2 for a severity that is none', words: ['--fail-on', 'fatal', clean], exitCode: 2 },
    { why: 'is 2 for a format that is none', words: ['--format', 'xml', clean], exitCode: 2 },
    { why: 'is 2 for a rule that is none', words: ['--rule', 'no-such', clean], exitCode: 2 },
  ])('$why', async ({ words, exitCode }) => {
    expect(await lint(...words)).toMatchObject({ exitCode });
  });
});

test('--namespace is where objects are that name none, and hides what is about the others', async () => {
  const here = [deployment('orders'), denied, lonely].map(
    ({ metadata: { namespace: _, ...metadata }, ...rest }) => ({
      ...rest,
      metadata,
    }),
  );
  const unplaced = list('unplaced.json', here);
  const found = async (...words: string[]) => {
    const { out } = await lint('--format', 'json', ...words, unplaced, warned);
    const { findings } = JSON.parse(out) as { findings: { object: { namespace?: string; name: string } }[] };
    return findings.map(({ object: { namespace, name } }) => `${namespace}/${name}`);
  };
  expect(await found()).toEqual(['default/lonely', 'shop/lonely']);
  expect(await found('-n', 'bank')).toEqual(['bank/lonely']);
});

test('an empty folder is told, and is nothing that passes', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const { out, err, exitCode } = await lint(empty);
  expect(exitCode).toBe(2);
  expect(err).toContain('[folder-empty]');
  expect(out).toMatch(/^No findings; 1 problem with the input, so more may be wrong.\n/);
});

test('unreadable input is told on standard error, beside the findings of the rest', async () => {
  const { out, err } = await lint(warned, broken);
  expect(err).toMatch(/^.*broken\.yaml:4:7: NetworkPolicy shop\/b: spec: must be an object; .*\n$/);
  expect(out).toContain('selects-no-workload');
});

describe('--format', () => {
  const into = (name: string) => join(folder, name);

  test('writes several outputs in one run, and makes missing folders', async () => {
    const [sarif, junit] = [into('out.sarif'), into('report/deep/junit.xml')];
    const { out, exitCode } = await lint(
      ...['--format', 'human', '--format', `sarif=${sarif}`, '--format', `junit=${junit}`, warned],
    );
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^warning {2}selects-no-workload/);
    expect(JSON.parse(readFileSync(sarif, 'utf8')).runs[0].results).toHaveLength(1);
    expect(readFileSync(junit, 'utf8')).toMatch(/^<\?xml /);
  });

  test('of a file alone leaves standard output empty, and the file holds what would stand there', async () => {
    const file = into('a=b.json');
    expect((await lint('--format', `json=${file}`, warned)).out).toBe('');
    expect(readFileSync(file, 'utf8')).toBe((await lint('--format', 'json', warned)).out);
  });

  test.each([
    {
      why: 'two on standard output',
      words: ['--format', 'human', '--format', 'json'],
      says: 'Only one answer',
    },
    {
      why: 'two in one file',
      words: ['--format', 'json=x.json', '--format', 'sarif=x.json'],
      says: 'Another answer goes to x.json',
    },
    {
      why: 'two in one file, named in two ways',
      words: ['--format', 'json=x.json', '--format', 'sarif=./x.json'],
      says: 'Another answer goes to ./x.json',
    },
    { why: 'a file without a name', words: ['--format', 'json='], says: 'Write the name of a file' },
    { why: 'an unknown one', words: ['--format', 'xml'], says: 'Write one of human, json, sarif,' },
    { why: 'a folder', words: ['--format', `json=${folder}`], says: 'this is a folder' },
    { why: 'a file below a file', words: ['--format', `json=${clean}/x.json`], says: '[file-unwritable]' },
  ])('$why is wrong usage', async ({ words, says }) => {
    const { out, err, exitCode } = await lint(...words, clean);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(says);
  });

  test('a folder is refused before anything is judged or written', async () => {
    const before = readdirSync(folder);
    await lint('--format', `sarif=${into('first.sarif')}`, '--format', `json=${folder}`, warned);
    expect(readdirSync(folder)).toEqual(before);
  });
});

test.each([
  { format: 'human', shows: /lonely\.yaml:6:3\n/ },
  { format: 'json', shows: /lonely\.yaml","line":6,"column":3\}/ },
  { format: 'sarif', shows: /"region":\{"startLine":6,"startColumn":3\}/ },
  { format: 'junit', shows: /lonely\.yaml:6:3\)/ },
  { format: 'github', shows: /lonely\.yaml,line=6,col=3,/ },
  { format: 'gcc', shows: /^\/.*lonely\.yaml:6:3: warning: /m },
  { format: 'markdown', shows: /lonely\.yaml:6:3 \|/ },
])('$format shows a finding at the line of its field', async ({ format, shows }) => {
  const file = write(
    'lonely.yaml',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: lonely, namespace: shop }\n' +
      'spec:\n  policyTypes: [Ingress]\n  podSelector:\n    matchLabels: { app: order }\n',
  );
  const { out } = await lint('--format', format, '--rule', 'selects-no-workload', clean, file);
  expect(out).toMatch(shows);
});

describe('--config', () => {
  const config = (text: string) => write('aks-netpol.yaml', text);
  const acknowledge = 'acknowledge: [{ rule: selects-no-workload, object: shop/*, reason: waits }]\n';

  test('accepts findings', async () => {
    const { out, exitCode } = await lint('--fail-on', 'info', '--config', config(acknowledge), warned);
    expect({ out, exitCode }).toEqual({
      out: expect.stringMatching(/^No findings; 1 accepted.\n/),
      exitCode: 0,
    });
  });

  test('says from which severity on a run fails, unless the option does', async () => {
    const file = config('failOn: warning\n');
    expect(await lint('--config', file, warned)).toMatchObject({ exitCode: 1 });
    expect(await lint('--config', file, '--fail-on', 'error', warned)).toMatchObject({ exitCode: 0 });
  });

  test('of several files says all, and the last that has failOn says that', async () => {
    const [strict, lax] = [write('strict.yaml', 'failOn: warning\n'), write('lax.yaml', 'failOn: error\n')];
    const accepting = config(acknowledge);
    const exitCode = async (...files: string[]) =>
      (await lint(...files.flatMap((file) => ['--config', file]), warned)).exitCode;
    expect(await exitCode(strict, lax)).toBe(0);
    expect(await exitCode(lax, strict)).toBe(1);
    expect(await exitCode(accepting, strict)).toBe(0);
    expect(await exitCode(strict, accepting)).toBe(0);
  });

  test('an acknowledgement that is over, or that nothing needs, is a finding at its own line', async () => {
    const file = config(
      'acknowledge:\n' +
        '  - { rule: selects-no-workload, reason: waited, until: 2020-01-31 }\n' +
        '  - { rule: rules-of-unlisted-type, reason: long gone }\n',
    );
    const { out } = await lint('--config', file, '--format', 'github', warned);
    expect(out).toMatch(
      /^::warning file=[^,]*aks-netpol\.yaml,line=2,col=5,title=acknowledgement-expired::/m,
    );
    expect(out).toMatch(/^::warning file=[^,]*aks-netpol\.yaml,line=3,col=5,title=acknowledgement-unused::/m);
    expect(out).toMatch(/title=selects-no-workload::/);
  });

  test('every mistake in it is told at once, with its place, and the rest of it counts', async () => {
    const file = config(`${acknowledge}failOn: warn\nmustReach: [{ from: shop/web }]\n`);
    const { out, err, exitCode } = await lint('--config', file, '--format', 'json', warned);
    expect(exitCode).toBe(2);
    expect(err.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"FOLDER/aks-netpol.yaml:2:9: failOn: there is no such value; got "warn"; write one of error, warning, info, never [value-unknown]
FOLDER/aks-netpol.yaml:3:13: mustReach[0].to: is required; got nothing; write namespace/workload, namespace/pod, an address, a CIDR, node:NAME, internet, any, namespace/* or namespace/app=web [field-missing]
"
`);
    expect(JSON.parse(out)).toMatchObject({
      findings: [],
      acknowledged: [{ rule: 'selects-no-workload' }],
      problems: [{ code: 'value-unknown' }, { code: 'field-missing' }],
    });
  });

  test('that is missing is told as any file is', async () => {
    expect(await lint('--config', join(folder, 'nowhere.yaml'), clean)).toMatchObject({
      err: expect.stringContaining('nowhere.yaml: the input: there is no such file'),
      exitCode: 2,
    });
  });
});

describe('--explain', () => {
  test.each(RULES.map(({ id }) => id))('%s prints its page, without a path', async (id) => {
    const page = rulePage(RULES.find((rule) => rule.id === id) as (typeof RULES)[number]);
    expect(await lint('--explain', id)).toEqual({ out: page, err: '', exitCode: 0 });
  });

  test('of a rule that is none names the nearest', async () => {
    const { out, err, exitCode } = await lint('--explain', 'select-no-workloads');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toBe(
      'error: --explain: there is no such rule; got "select-no-workloads"; did you mean "selects-no-workload"? [finding-unknown]\n',
    );
  });
});

test('--rule keeps an acknowledgement of another rule from seeming unused', async () => {
  const file = write('one.yaml', 'acknowledge: [{ rule: selects-no-workload, reason: waits }]\n');
  const words = ['--config', file, '--rule', 'acknowledgement-unused', '--rule', 'rules-of-unlisted-type'];
  expect((await lint(...words, warned)).out).toBe('No findings.\n');
});

test('the order of the input does not change a byte', async () => {
  const files = [deployment('orders'), lonely, unlisted].map((object, i) => list(`${i}.json`, [object]));
  for (const format of LINT_FORMATS) {
    const { out } = await lint('--format', format, ...files);
    expect((await lint('--format', format, ...[...files].reverse())).out).toBe(out);
  }
});

describe('colours', () => {
  /** What a terminal gets that is one or not. */
  async function shown(isTTY: boolean, env: Record<string, string>, ...words: string[]): Promise<string> {
    let out = '';
    const stdout = new Writable({
      write(chunk, _, done) {
        out += chunk;
        done();
      },
    });
    await run(['lint', ...words, warned], { stdout: Object.assign(stdout, { isTTY }), stderr: stdout, env });
    return out;
  }

  test.each([
    { why: 'on a terminal', isTTY: true, env: {}, words: [], coloured: true },
    { why: 'with an empty NO_COLOR', isTTY: true, env: { NO_COLOR: '' }, words: [], coloured: true },
    { why: 'with NO_COLOR', isTTY: true, env: { NO_COLOR: '0' }, words: [], coloured: false },
    { why: 'on a terminal without any', isTTY: true, env: { TERM: 'dumb' }, words: [], coloured: false },
    { why: 'in a pipe', isTTY: false, env: { FORCE_COLOR: '1' }, words: [], coloured: false },
    { why: 'in other formats', isTTY: true, env: {}, words: ['--format', 'markdown'], coloured: false },
    { why: 'told never', isTTY: true, env: {}, words: ['--color', 'never'], coloured: false },
    {
      why: 'told always',
      isTTY: false,
      env: { NO_COLOR: '1' },
      words: ['--color', 'always'],
      coloured: true,
    },
    { why: 'told auto', isTTY: false, env: {}, words: ['--color=auto'], coloured: false },
  ])('$why: $coloured', async ({ isTTY, env, words, coloured }) => {
    expect((await shown(isTTY, env, ...words)).includes('\u001b')).toBe(coloured);
  });
});
