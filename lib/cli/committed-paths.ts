import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MAX_FOLDER_ENTRIES } from '../model/limits';
import { NetworkPolicyError, show } from '../model/problem';
import { Git, type TreeEntry } from './git';

/** Paths as they stand in a commit, written into a folder of their own. */
export interface CommittedPaths {
  readonly base: string;
  /** From that folder on, as git names them: `main:dist`. */
  readonly paths: readonly string[];
}

/**
 * Gives a folder with what a commit has at some paths, and removes it in the end. Neither the work tree nor the repository
 * changes, and no filter or hook of either runs. Links stay links, so whoever reads the folder finds those that lead out.
 *
 * @param ref a branch, a tag or a commit
 * @throws NetworkPolicyError `ref-unknown`, `path-not-committed`, `git-missing`, `git-failed`
 */
export async function withCommittedPaths<Answer>(
  ref: string,
  paths: readonly string[],
  work: (committed: CommittedPaths) => Promise<Answer>,
): Promise<Answer> {
  const git = new Git();
  const commit = await git.commit(ref);
  const base = mkdtempSync(join(tmpdir(), 'aks-netpol-'));
  try {
    const names: string[] = [];
    for (const path of paths) {
      const { root, entries } = await git.entriesAt(commit, path);
      if (entries.length === 0) {
        throw notCommitted(ref, path);
      }
      if (entries.some((each) => isLink(each) && each.path === root)) {
        throw failed(`${ref}:${path}`, 'is a link in this commit', 'name what it leads to');
      }
      const name = `${folderNameOf(ref, commit)}${root}`;
      names.push(name);
      await write(git, entries, (entry) => join(base, name, ...withinRoot(entry, root)));
    }
    return await work({ base, paths: names });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** git's own `REF:`, where a folder may have such a name. */
function folderNameOf(ref: string, commit: string): string {
  const isPlain = /^[\w.@~^{}-]+(\/[\w.@~^{}-]+)*$/.test(ref) && !ref.includes('..') && !/(^|\/)\./.test(ref);
  return `${isPlain ? ref : commit.slice(0, 12)}${process.platform === 'win32' ? '@' : ':'}`;
}

/** The parts of a path below the root. A tree that somebody made by hand may hold others than git would write. */
function withinRoot({ path }: TreeEntry, root: string): readonly string[] {
  const rest = root === '.' ? path : path.slice(root.length + 1);
  const parts = rest === '' ? [] : rest.split('/');
  if (
    parts.some(
      (part) => ['', '.', '..'].includes(part) || (/[\\:]/.test(part) && process.platform === 'win32'),
    )
  ) {
    throw failed(path, 'no file may have such a path', 'look at who made this commit');
  }
  return parts;
}

/** So many bytes are asked of git at once. */
const BATCH_BYTES = 16 * 1024 * 1024;

async function write(
  git: Git,
  entries: readonly TreeEntry[],
  placeOf: (entry: TreeEntry) => string,
): Promise<void> {
  if (entries.length > MAX_FOLDER_ENTRIES) {
    throw failed('the path', `holds more than ${MAX_FOLDER_ENTRIES} files`, 'name a smaller folder');
  }
  const repository = entries.find(({ mode }) => mode === '160000');
  if (repository !== undefined) {
    throw failed(
      repository.path,
      'is a repository of its own, whose files no commit of this one has',
      'name other paths',
    );
  }
  refuseBelowLinks(entries);
  for (const batch of batches(entries)) {
    const contents = await git.contents(batch.map(({ id }) => id));
    for (const [i, entry] of batch.entries()) {
      writeEntry(entry, placeOf(entry), contents[i] as Buffer);
    }
  }
}

/** In a tree that somebody made by hand a link may have the name of a folder, and what is in that would be written through it. */
function refuseBelowLinks(entries: readonly TreeEntry[]): void {
  const links = new Set(entries.filter(isLink).map(({ path }) => path));
  const below = entries.find(({ path }) =>
    path.split('/').some((_, i, parts) => i > 0 && links.has(parts.slice(0, i).join('/'))),
  );
  if (below !== undefined) {
    throw standsTwice(below);
  }
}

function standsTwice({ path }: TreeEntry): NetworkPolicyError {
  return failed(path, 'stands twice in this commit', 'look at who made it');
}

function writeEntry(entry: TreeEntry, place: string, content: Buffer): void {
  if (content.subarray(0, LARGE_FILE.length).toString('latin1') === LARGE_FILE) {
    throw failed(entry.path, 'git LFS keeps this file elsewhere', 'compare two checked out folders instead');
  }
  try {
    mkdirSync(dirname(place), { recursive: true });
    if (isLink(entry)) {
      symlinkSync(content.toString(), place);
    } else {
      writeFileSync(place, content, { flag: 'wx' });
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST' || code === 'ENOTDIR'
      ? standsTwice(entry)
      : failed(entry.path, `cannot be kept for a while: ${message}`, 'make room for temporary files');
  }
}

/** How a file begins that stands for a larger one. */
const LARGE_FILE = 'version https://git-lfs.github.com/spec/';

const isLink = ({ mode }: TreeEntry) => mode === '120000';

function* batches(entries: readonly TreeEntry[]): Generator<readonly TreeEntry[]> {
  let batch: TreeEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (bytes + entry.size > BATCH_BYTES && batch.length > 0) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) {
    yield batch;
  }
}

function failed(got: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'git-failed', at: '--git', got: show(got), problem, fix });
}

function notCommitted(ref: string, path: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'path-not-committed',
    at: '--git',
    got: show(`${ref}:${path}`),
    problem: 'this commit has no such path; what a program writes is often not committed',
    fix: `synthesize both versions and compare the folders: git worktree add ../before ${show(ref)}, run the program there and here, then aks-netpol diff ../before/${path} ${path}; where the path is new, compare with an empty folder`,
  });
}
