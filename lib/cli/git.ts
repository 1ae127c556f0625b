import { execFile } from 'node:child_process';
import { isAbsolute, posix, relative, sep } from 'node:path';
import { NetworkPolicyError, show } from '../model/problem';

/** The most that is read of one answer, in bytes. */
const MOST = 64 * 1024 * 1024;

/**
 * The user's own git, asked what a commit of the repository around the current folder holds. This is the only place that
 * starts it. It writes and fetches nothing, and takes no folder among the manifests for a repository.
 */
export class Git {
  public constructor(private readonly program = 'git') {}

  /**
   * The commit that a branch, a tag or another name stands for.
   *
   * @throws NetworkPolicyError `git-missing`, `ref-unknown`
   */
  public async commit(ref: string): Promise<string> {
    // git would take such a name for an option.
    const { isDone, stdout, stderr } = ref.startsWith('-')
      ? { isDone: false, stdout: '', stderr: 'no name of a commit begins with -' }
      : await this.ask(['rev-parse', '--verify', `${ref}^{commit}`]);
    if (!isDone) {
      throw new NetworkPolicyError({
        code: 'ref-unknown',
        at: 'git',
        got: show(ref),
        problem: `there is no such commit here: ${stderr.trim()}`,
        fix: 'fetch it first; a pipeline often has the last commit alone',
      });
    }
    return stdout.trim();
  }

  /**
   * The text of a file in a commit; undefined where the commit has no such file, or only a link of that name.
   *
   * @param path as from the current folder
   * @throws NetworkPolicyError `git-missing`, `git-failed`
   */
  public async textAt(commit: string, path: string): Promise<string | undefined> {
    const inside = isAbsolute(path) ? relative(process.cwd(), path) : path;
    const listed = await this.ask(['ls-tree', '-z', commit, '--', inside.split(sep).join('/')]);
    // git complains of a path outside of the repository; no commit has such a file.
    const [, mode, blob] = /^(\d+) blob ([0-9a-f]+)\t/.exec(listed.stdout) ?? [];
    if (blob === undefined || !mode?.startsWith('100')) {
      return undefined;
    }
    const { isDone, stdout, stderr } = await this.ask(['cat-file', 'blob', blob]);
    if (!isDone) {
      throw gitFailed(path, `git cannot show it: ${stderr.trim()}`, 'fetch the whole commit first');
    }
    return stdout;
  }

  /**
   * All that a commit has at a path: a file, or what is in a folder, at any depth; empty where it has no such path.
   *
   * @param path as from the current folder
   * @throws NetworkPolicyError `git-missing`, `git-failed`
   */
  public async entriesAt(commit: string, path: string): Promise<TreeEntries> {
    const prefix = await this.answer(['rev-parse', '--show-prefix'], path);
    const inside = isAbsolute(path) ? relative(process.cwd(), path) : path;
    const full = posix.join(prefix.trim(), inside.split(sep).join('/')).replace(/\/$/, '');
    if (full === '..' || full.startsWith('../') || posix.isAbsolute(full)) {
      throw gitFailed(path, 'it is outside of the repository', 'name a path inside of it');
    }
    const where = full === '.' ? [] : ['--', full];
    const listed = await this.answer(['ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...where], path);
    const entries = [...listed.matchAll(/(\d+) \S+ ([0-9a-f]+) +(\d+|-)\t([^\0]+)\0/g)].map(
      ([, mode, id, size, name]) => ({ mode, id, size: Number(size), path: name }) as TreeEntry,
    );
    return { root: full, entries };
  }

  /** The contents of files, in their order. */
  public async contents(ids: readonly string[]): Promise<readonly Buffer[]> {
    const { isDone, stdout, stderr } = await this.askBytes(['cat-file', '--batch'], `${ids.join('\n')}\n`);
    const found: Buffer[] = [];
    let at = 0;
    for (const id of ids) {
      const end = stdout.indexOf('\n', at);
      const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString('latin1', at, Math.max(at, end))) ?? [];
      if (!isDone || size === undefined) {
        throw gitFailed(id, `git cannot show it: ${stderr.trim()}`, 'fetch the whole commit first');
      }
      found.push(stdout.subarray(end + 1, end + 1 + Number(size)));
      at = end + Number(size) + 2;
    }
    return found;
  }

  private async answer(words: readonly string[], path: string): Promise<string> {
    const { isDone, stdout, stderr } = await this.ask(words);
    if (!isDone) {
      throw gitFailed(path, stderr.trim(), 'run this in a folder of the repository, with the whole commit');
    }
    return stdout;
  }

  private async ask(words: readonly string[]): Promise<Answer> {
    const { stdout, ...rest } = await this.askBytes(words);
    return { ...rest, stdout: stdout.toString() };
  }

  private askBytes(words: readonly string[], input = ''): Promise<Answer<Buffer>> {
    return new Promise((resolve, reject) => {
      const asked = execFile(
        this.program,
        ['-c', 'safe.bareRepository=explicit', ...words],
        { env: { ...process.env, GIT_NO_LAZY_FETCH: '1' }, maxBuffer: MOST, encoding: 'buffer' },
        (error, stdout, stderr) => {
          if (error !== null && typeof error.code !== 'number') {
            reject(unanswered(this.program, `${error.code ?? error.message}`));
          } else {
            resolve({ isDone: error === null, stdout, stderr: stderr.toString() });
          }
        },
      );
      // Whoever ends before all was read has told why.
      asked.stdin?.on('error', () => {}).end(input);
    });
  }
}

/** A file, a link or a repository of its own in a commit. */
export interface TreeEntry {
  /** As git has it: `100644`, `120000` for a link, `160000` for a repository. */
  readonly mode: string;
  readonly id: string;
  /** In bytes. */
  readonly size: number;
  /** From the top of the repository, with slashes. */
  readonly path: string;
}

export interface TreeEntries {
  /** The path that was asked for, from the top of the repository; `.` for all of it. */
  readonly root: string;
  readonly entries: readonly TreeEntry[];
}

function gitFailed(got: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'git-failed', at: 'git', got: show(got), problem, fix });
}

interface Answer<Text = string> {
  readonly isDone: boolean;
  readonly stdout: Text;
  readonly stderr: string;
}

function unanswered(program: string, got: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'git-missing',
    at: program,
    got,
    problem: 'git could not be started, or the file is too large',
    fix: 'install git and put it on the PATH, or name a file in place of a commit',
  });
}
