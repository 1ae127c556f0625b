import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FindingCode } from '../../lib/model/finding';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';
import { plantSideFile } from '../support/side-file';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'acknowledgements-'));
  process.chdir(folder);
  git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { stdio: 'pipe' });

/** Writes files and commits all that is there. */
function commit(files: Readonly<Record<string, object | string>>): void {
  write(files);
  git('add', '--all');
  git('commit', '--quiet', '--message=x');
}

function write(files: Readonly<Record<string, object | string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const RULE: FindingCode = 'selects-no-workload';
const lonely = policy('lonely', { podSelector: { matchLabels: { app: 'order' } }, policyTypes: ['Ingress'] });
const changed = policy('lonely', {
  podSelector: { matchLabels: { app: 'orders' } },
  policyTypes: ['Ingress'],
});
const MANIFESTS = { 'dist/web.json': deployment('web'), 'dist/lonely.json': lonely };
const acknowledge = (more = '') =>
  `acknowledge: [{ rule: ${RULE}, object: shop/lonely, reason: waits${more} }]\n`;

/** What lint says of the rule: how many findings are accepted, and what does not count. */
async function judged(...words: string[]) {
  const { out, err, exitCode } = await cli('lint', '--format', 'json', '--rule', RULE, ...words, 'dist');
  const { findings, acknowledged, cameWithChange } = JSON.parse(out || '{}');
  return { open: findings?.length, accepted: acknowledged?.length, cameWithChange, err, exitCode };
}

const CONFIG = ['--config', 'aks-netpol.yaml'];
const FROM_MAIN = ['--acknowledgements-from', 'main'];

describe('what the operator accepts', () => {
  test.each([
    { why: 'stands in the commit', base: acknowledge(), now: acknowledge(), counts: true },
    { why: 'is new', base: '', now: acknowledge(), counts: false },
    { why: 'has another reason', base: acknowledge(), now: acknowledge(' longer'), counts: true },
    { why: 'ends earlier', base: acknowledge(), now: acknowledge(', until: 2999-12-31'), counts: true },
    { why: 'accepts fewer', base: acknowledge(', atMost: 3'), now: acknowledge(', atMost: 2'), counts: true },
    { why: 'accepts more', base: acknowledge(', atMost: 2'), now: acknowledge(', atMost: 3'), counts: false },
    { why: 'accepts any number now', base: acknowledge(', atMost: 2'), now: acknowledge(), counts: false },
    {
      why: 'ends later',
      base: acknowledge(', until: 2999-12-30'),
      now: acknowledge(', until: 2999-12-31'),
      counts: false,
    },
    { why: 'no longer ends', base: acknowledge(', until: 2999-12-30'), now: acknowledge(), counts: false },
    {
      why: 'reaches further',
      base: acknowledge(),
      now: acknowledge().replace('shop/lonely', 'shop/*'),
      counts: false,
    },
    {
      why: 'is about another rule',
      base: acknowledge().replace(RULE, 'no-engine'),
      now: acknowledge(),
      counts: false,
    },
    { why: 'is gone', base: acknowledge(), now: '', counts: false },
  ])('and $why: $counts', async ({ base, now, counts }) => {
    commit({ ...MANIFESTS, 'aks-netpol.yaml': base });
    write({ 'aks-netpol.yaml': now });
    const { open, accepted, cameWithChange, err } = await judged(...CONFIG, ...FROM_MAIN);
    expect({ open, accepted, err }).toEqual({
      ...(counts ? { open: 0, accepted: 1 } : { open: 1, accepted: 0 }),
      err: '',
    });
    const object = now.includes('*') ? 'shop/*' : 'shop/lonely';
    const source = { file: 'aks-netpol.yaml', line: 1, column: 15 };
    expect(cameWithChange).toMatchObject(
      counts || now === ''
        ? []
        : [{ acknowledgement: { rule: RULE, object, source }, acceptedBy: { voice: 'operator' } }],
    );
  });

  test('and stands in one of several places', async () => {
    commit(MANIFESTS);
    write({ 'aks-netpol.yaml': acknowledge(), 'base.yaml': acknowledge() });
    const words = [...CONFIG, ...FROM_MAIN];
    expect(await judged(...words)).toMatchObject({ open: 1 });
    expect(await judged(...words, '--acknowledgements-from', 'base.yaml')).toMatchObject({ open: 0 });
  });

  test('and stands in the commit in one of several files', async () => {
    commit({ ...MANIFESTS, 'aks-netpol.yaml': '', 'baseline.yaml': acknowledge() });
    const words = [...CONFIG, '--config', 'baseline.yaml', ...FROM_MAIN];
    expect(await judged(...words)).toMatchObject({ open: 0, accepted: 1 });
  });

  test('and stands in the commit behind a link is not taken from where the link leads', async () => {
    write({ 'real.yaml': acknowledge() });
    symlinkSync('real.yaml', 'aks-netpol.yaml');
    commit(MANIFESTS);
    expect(await judged(...CONFIG, ...FROM_MAIN)).toMatchObject({ open: 1, accepted: 0 });
  });

  test('and stands in the commit, asked for from a folder of the repository', async () => {
    commit({
      'team/dist/web.json': deployment('web'),
      'team/dist/lonely.json': lonely,
      'team/aks-netpol.yaml': acknowledge(),
    });
    process.chdir('team');
    expect(await judged(...CONFIG, ...FROM_MAIN)).toMatchObject({ open: 0, accepted: 1 });
    expect(await judged('--config', join(process.cwd(), 'aks-netpol.yaml'), ...FROM_MAIN)).toMatchObject({
      open: 0,
    });
  });
});

describe('what a program accepts', () => {
  const plant = (objects = [lonely], more: Parameters<typeof plantSideFile>[3] = {}) =>
    plantSideFile('dist', objects, [RULE], more);

  test.each([
    { why: 'stands in the commit', base: () => plant(), counts: true },
    { why: 'stood there for an object that has changed since', base: () => plant([changed]), counts: true },
    { why: 'stands nowhere', base: () => {}, counts: false },
    {
      why: 'stood there for another construct',
      base: () => plant([lonely], { construct: 'shop/lonely' }),
      counts: false,
    },
    {
      why: 'stood there for another program',
      base: () => plant([lonely], { program: 'other.ts' }),
      counts: false,
    },
  ])('and $why: $counts', async ({ base, counts }) => {
    write(MANIFESTS);
    base();
    commit({});
    plant();
    expect(await judged(...FROM_MAIN)).toMatchObject(
      counts ? { open: 0, accepted: 1 } : { open: 1, accepted: 0 },
    );
  });

  test('and stands in the file of another checkout', async () => {
    write(MANIFESTS);
    mkdirSync('base');
    plantSideFile('base', [], [RULE]);
    plant();
    const from = (file: string) => judged('--acknowledgements-from', `base/${file}`);
    expect(await from('network-policies.netpol-meta')).toMatchObject({ open: 0, accepted: 1 });
    write({ 'base/other.yaml': acknowledge() });
    expect(await from('other.yaml')).toMatchObject({ open: 1, accepted: 0 });
  });

  test('stands in the file of the commit that an early version wrote, and not where the present one does', async () => {
    write(MANIFESTS);
    plant();
    renameSync('dist/network-policies.netpol-meta', 'dist/network-policies.sourcemap');
    commit({});
    plant();
    expect(await judged(...FROM_MAIN)).toMatchObject({ open: 0, accepted: 1 });
    plantSideFile('dist', [lonely], ['no-engine']);
    commit({});
    plant();
    expect(await judged(...FROM_MAIN)).toMatchObject({ open: 1, accepted: 0 });
  });

  test('does not stand in what another program wrote elsewhere in the commit', async () => {
    write({ ...MANIFESTS, 'elsewhere/web.json': deployment('web') });
    plantSideFile('elsewhere', [], [RULE]);
    commit({});
    plant();
    plantSideFile('elsewhere', [], ['no-engine']);
    expect(await judged(...FROM_MAIN, 'elsewhere')).toMatchObject({ open: 1, accepted: 0 });
  });
});

describe('what came with the change is told', () => {
  const answer = async (format: string, ...words: string[]) => {
    const { out } = await cli('lint', '--format', format, '--rule', RULE, ...CONFIG, ...words, 'dist');
    return out;
  };
  const OLD = acknowledge();
  const NEW = `${OLD.trim().slice(0, -1)}, { rule: ${RULE}, object: shop/new, reason: as wanted }]\n`;
  beforeEach(() => {
    commit({ ...MANIFESTS, 'dist/new.json': policy('new', lonely.spec), 'aks-netpol.yaml': OLD });
    write({ 'aks-netpol.yaml': NEW });
  });

  const SENTENCE = `the acknowledgement of ${RULE} for shop/new does not stand in main, so it accepts nothing`;
  const WORDS = `${RULE} for shop/new, by the operator, aks-netpol.yaml:1:82: as wanted`;

  test.each([
    {
      format: 'human',
      says: `\nAccepted, as in main:\n  ${RULE}  NetworkPolicy shop/lonely  by the operator, aks-netpol.yaml:1:15: waits\nCame with this change, so they accept nothing until they stand in main:\n  ${WORDS}\n`,
    },
    {
      format: 'markdown',
      says: `\n**Came with this change, so they accept nothing until they stand in main:**\n\n- ${WORDS}\n`,
    },
    { format: 'markdown', says: '<summary>1 accepted, as in main</summary>' },
    {
      format: 'github',
      says: `::notice file=aks-netpol.yaml,line=1,col=82,title=acknowledgement-came-with-change::${SENTENCE}\n`,
    },
    { format: 'gcc', says: `aks-netpol.yaml:1:82: note: ${SENTENCE} [acknowledgement-came-with-change]\n` },
    { format: 'junit', says: `<system-out>${SENTENCE}</system-out>` },
    { format: 'sarif', says: `{"level":"note","message":{"text":"${SENTENCE}"}` },
  ])('in $format', async ({ format, says }) => {
    expect(await answer(format, ...FROM_MAIN)).toContain(says);
  });

  test('of the rules alone that were asked for', async () => {
    const { out } = await cli('lint', '--rule', 'no-engine', ...CONFIG, ...FROM_MAIN, 'dist');
    expect(out).not.toContain('Came with this change');
  });

  test('and where no place is named, a comment says that nobody looked', async () => {
    expect(await answer('markdown')).toContain(
      '<summary>2 accepted, by files as this change leaves them</summary>',
    );
    expect(await answer('human')).toContain('\nAccepted:\n');
  });
});

describe('nothing that the change adds stands in for the commit:', () => {
  beforeEach(() => {
    commit(MANIFESTS);
    write({ 'aks-netpol.yaml': acknowledge() });
  });

  test('a file of its name', async () => {
    write({ main: acknowledge() });
    expect(await judged(...CONFIG, ...FROM_MAIN)).toMatchObject({ open: 1 });
    write({ gone: acknowledge() });
    expect(await judged(...CONFIG, '--acknowledgements-from', 'gone')).toMatchObject({ exitCode: 2 });
  });

  test('a folder that looks like a repository', async () => {
    git('clone', '--quiet', '--bare', '.', 'dist/bare');
    process.chdir('dist/bare');
    const { exitCode, err } = await cli('lint', ...FROM_MAIN, '../web.json');
    expect(exitCode).toBe(2);
    expect(err).toContain('[ref-unknown]');
  });
});

test.each([
  { why: 'a commit that is not there', where: 'origin/main', says: '[ref-unknown]' },
  { why: 'what git takes for an option', where: '--since=2020-01-01', says: '[ref-unknown]' },
  { why: 'a file that is not there', where: 'gone.yaml', says: '[file-unreadable]' },
  { why: 'a side file that is not there', where: 'gone.netpol-meta', says: '[file-unreadable]' },
  { why: 'a side file that is none', where: 'broken.netpol-meta', says: '[side-file-invalid]' },
  { why: 'a file with a mistake', where: 'broken.yaml', says: '[finding-unknown]' },
])('$why is told, and nothing is judged', async ({ where, says }) => {
  commit({
    ...MANIFESTS,
    'broken.netpol-meta': '{',
    'broken.yaml': 'acknowledge: [{ rule: no-such, reason: x }]\n',
  });
  const { out, err, exitCode } = await cli('lint', `--acknowledgements-from=${where}`, 'dist');
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
  expect(err).toContain(says);
});

test('without git a commit cannot be named, and a file can', async () => {
  write({ ...MANIFESTS, 'base.yaml': '' });
  const { PATH } = process.env;
  process.env.PATH = folder;
  try {
    expect(await judged(...FROM_MAIN)).toMatchObject({
      err: expect.stringContaining('[git-missing]'),
      exitCode: 2,
    });
    expect(await judged('--acknowledgements-from', 'base.yaml')).toMatchObject({ open: 1, exitCode: 0 });
  } finally {
    process.env.PATH = PATH;
  }
});
