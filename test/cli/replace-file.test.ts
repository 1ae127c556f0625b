import {
  accessSync,
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile, writeInto } from '../../lib/cli/write-file';

jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual<typeof files>('node:fs/promises');
  return { ...actual, mkdtemp: jest.fn(actual.mkdtemp), rename: jest.fn(actual.rename) };
});
jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof import('node:fs')>('node:fs');
  return { ...actual, accessSync: jest.fn(actual.accessSync) };
});

/** A file with the text `old`, alone in its folder. */
function oldFile(): { readonly folder: string; readonly file: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'replace-')));
  const file = join(folder, 'answer.json');
  writeFileSync(file, 'old');
  return { folder, file };
}

const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code, syscall: 'open' });
};

/** Pieces of a text, of which the second never comes. */
function* breakingOff(): Generator<string> {
  yield 'half of the';
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
}

test.each<{ why: string; prepare?: () => void }>([
  { why: 'in one step' },
  {
    why: 'as it stands where the folder takes no new file',
    prepare: () => jest.mocked(files.mkdtemp).mockImplementationOnce(failing('EACCES')),
  },
  {
    why: 'as it stands where it is mounted by itself',
    prepare: () => jest.mocked(files.rename).mockImplementationOnce(failing('EBUSY')),
  },
])('a file is written $why, and keeps its permissions', async ({ prepare }) => {
  const { folder, file } = oldFile();
  chmodSync(file, 0o640);
  prepare?.();
  await replaceFile(file, ['a', 'b']);
  expect(readFileSync(file, 'utf8')).toBe('ab');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['answer.json']);
});

test('a file that is not to be written is not replaced either', async () => {
  const { file } = oldFile();
  jest.mocked(accessSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('permission denied'), { code: 'EACCES', syscall: 'access' });
  });
  await expect(replaceFile(file, 'new')).rejects.toThrow('permission denied');
  expect(readFileSync(file, 'utf8')).toBe('old');
});

test('what is no file is written to', async () => {
  await replaceFile('/dev/null', 'new');
  expect(statSync('/dev/null').isFile()).toBe(false);
});

test('what stays half written leaves the old file, and nothing beside it', async () => {
  const { folder, file } = oldFile();
  await expect(writeInto(file, breakingOff(), { at: '--out' })).rejects.toMatchObject({
    code: 'file-unwritable',
  });
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['answer.json']);
});

test('what was to be new and stays half written leaves no file', async () => {
  const { folder } = oldFile();
  const file = join(folder, 'new.ts');
  await expect(writeInto(file, breakingOff(), { at: '--out', isNew: true })).rejects.toThrow('no space left');
  expect(readdirSync(folder)).toEqual(['answer.json']);
});

test('a link stays a link, and the file that it leads to is replaced', async () => {
  const { folder, file } = oldFile();
  const link = join(folder, 'link.json');
  symlinkSync('answer.json', link);
  await replaceFile(link, 'new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('a link that leads nowhere is refused, and stays', async () => {
  const { folder } = oldFile();
  const link = join(folder, 'link.json');
  symlinkSync('gone.json', link);
  await expect(writeInto(link, 'new', { at: '--out' })).rejects.toMatchObject({
    code: 'file-unwritable',
    problem: 'this is a link to a file that is not there',
  });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});
