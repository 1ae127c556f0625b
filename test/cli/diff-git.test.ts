import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cli } from '../support/run-cli';
import { BASE, deployment, SHOP } from '../support/shop';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-git-'));
  process.chdir(folder);
  git('init', '--quiet', '--initial-branch=main');
  commit({ 'dist/shop.json': list(SHOP), 'main.ts': '' });
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { stdio: 'pipe' })
    .toString()
    .trim();
const list = (items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function commit(files: Readonly<Record<string, string>>): void {
  write(files);
  git('add', '--all');
  git('commit', '--quiet', '--message=x');
}

/** A tree of git that it would not write itself. */
const tree = (...entries: readonly (readonly [mode: string, name: string, id: string])[]) =>
  execFileSync('git', ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], {
    input: Buffer.concat(
      entries.flatMap(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
    ),
  })
    .toString()
    .trim();

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('aks-netpol-'));

test('a folder is compared with what a commit has of it, and neither the work tree nor the index changes', async () => {
  commit({ 'dist/shop.json': list(BASE) });
  write({ 'dist/shop.json': list(SHOP), 'main.ts': 'edited' });
  git('add', 'main.ts');
  const before = git('status', '--porcelain');
  const { out, err, exitCode } = await cli('diff', '--exit-code', '--git', 'main', 'dist/');
  expect({ out, err, exitCode }).toMatchObject({ err: '', exitCode: 1 });
  // As git names it.
  expect(out).toContain('shop/db-ingress · main:dist/shop.json:1 · ');
  expect(git('status', '--porcelain')).toBe(before);
  expect(leftovers()).toEqual([]);
});

test.each([
  { why: 'a folder that is the same', ref: 'main', paths: ['dist'], exitCode: 0 },
  { why: 'one file', ref: 'HEAD', paths: ['dist/shop.json'], exitCode: 0 },
  { why: 'several paths', ref: 'main', paths: ['dist', './main.ts'], exitCode: 0 },
  { why: 'an expression for a commit', ref: 'main^{/x}', paths: ['dist'], exitCode: 0 },
])('$why', async ({ ref, paths, exitCode }) => {
  expect(await cli('diff', '--exit-code', '--git', ref, ...paths)).toMatchObject({ exitCode });
});

test('paths begin in the current folder, wherever in the repository that is', async () => {
  mkdirSync('deep/er', { recursive: true });
  process.chdir('deep/er');
  expect((await cli('diff', '--exit-code', '--git', 'main', '../../dist')).exitCode).toBe(0);
  expect((await cli('diff', '--git', 'main', '../../..')).err).toContain('it is outside of the repository');
});

test('a path that the commit does not have is told with what to do', async () => {
  write({ 'out/shop.json': list(SHOP) });
  const { err, exitCode } = await cli('diff', '--git', 'main', 'out');
  expect(exitCode).toBe(2);
  expect(err).toContain('what a program writes is often not committed');
  expect(err).toContain('git worktree add ../before "main"');
  expect(err).toContain('aks-netpol diff ../before/out out');
});

test.each([
  { why: 'a commit that is an option', words: ['--git=--output=stolen', 'dist'] },
  { why: 'a commit that is none', words: ['--git', 'main;touch stolen', 'dist'] },
  { why: 'a path that is an option', words: ['--git', 'main', '--', '--output=stolen'] },
  { why: 'a path with magic', words: ['--git', 'main', ':(glob)**'] },
  { why: 'standard input', words: ['--git', 'main', '-'] },
  { why: 'a kustomization', words: ['--git', 'main', '-k', 'base', 'dist'] },
])('$why is refused', async ({ words }) => {
  expect((await cli('diff', ...words)).exitCode).toBe(2);
  expect(existsSync('stolen')).toBe(false);
  expect(leftovers()).toEqual([]);
});

describe('of what a commit may hold', () => {
  test('a link inside is followed, one that leads out is a problem, as in a folder', async () => {
    symlinkSync('shop.json', 'dist/same.json');
    writeFileSync(join(folder, 'secret.yaml'), 'secret: 1\n');
    commit({});
    rmSync('dist/shop.json');
    commit({ 'dist/real/shop.json': list(SHOP) });
    rmSync('dist/same.json');
    symlinkSync('real/shop.json', 'dist/same.json');
    commit({});
    expect((await cli('diff', '--exit-code', '--git', 'HEAD', 'dist')).err).not.toContain('leads out');
    symlinkSync(join(folder, 'secret.yaml'), 'dist/out.yaml');
    commit({});
    const { err, exitCode } = await cli('diff', '--git', 'HEAD', 'dist');
    expect(err).toContain('HEAD:dist/out.yaml');
    expect(exitCode).toBe(2);
    expect((await cli('diff', '--git', 'HEAD', 'dist/out.yaml')).err).toContain('is a link in this commit');
  });

  test('a repository of its own and a file that git LFS keeps are refused', async () => {
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},dist/part`);
    git('commit', '--quiet', '--message=x');
    expect((await cli('diff', '--git', 'HEAD', 'dist')).err).toContain('is a repository of its own');
    git('rm', '--quiet', '--cached', 'dist/part');
    commit({ 'dist/large.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n' });
    expect((await cli('diff', '--git', 'HEAD', 'dist')).err).toContain('git LFS keeps this file elsewhere');
  });

  test('a tree that leads out of the folder writes nothing there', async () => {
    const blob = git('hash-object', '-w', 'dist/shop.json');
    const inside = tree(['100644', 'stolen.json', blob]);
    const evil = tree(['40000', '..', tree(['40000', '..', inside])], ['100644', 'a.json', blob]);
    const id = git('commit-tree', '-m', 'x', tree(['40000', 'dist', evil]));
    const { err, exitCode } = await cli('diff', '--git', id, 'dist');
    expect(err).toContain('no file may have such a path');
    expect(exitCode).toBe(2);
    expect(existsSync(join(tmpdir(), 'stolen.json'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  test.each(['100644', '120000'])(
    'no %s is written through a link that has the name of a folder',
    async (mode) => {
      const blob = git('hash-object', '-w', 'dist/shop.json');
      writeFileSync('target', folder);
      const link = git('hash-object', '-w', 'target');
      const inside = tree([mode, 'stolen.json', blob]);
      const twice = tree(['120000', 'a', link], ['40000', 'a', inside]);
      const id = git('commit-tree', '-m', 'x', tree(['40000', 'dist', twice]));
      expect(await cli('diff', '--git', id, 'dist')).toMatchObject({
        err: expect.stringContaining('stands twice in this commit'),
        exitCode: 2,
      });
      expect(readdirSync(folder)).not.toContain('stolen.json');
    },
  );
});

test('files are told apart by their versions, and both are judged by the profile', async () => {
  write({ 'dist/shop.json': list([...SHOP, deployment('cache')]), 'profile.yaml': 'engine: cilium\n' });
  const { out, exitCode } = await cli(
    'diff',
    '--profile',
    'profile.yaml',
    '--fail-on',
    'added',
    '--git',
    'main',
    'dist',
  );
  expect(out).toContain('Gate added fails');
  expect(exitCode).toBe(1);
});
