import { execFile } from 'node:child_process';
import { isAbsolute, relative, sep } from 'node:path';
import { NetworkPolicyError, show } from '../model/problem';

/** The most that is read of a file, in bytes. */
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
    const { isDone, stdout, stderr } = await this.ask(['rev-parse', '--verify', `${ref}^{commit}`]);
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
      throw new NetworkPolicyError({
        code: 'git-failed',
        at: 'git',
        got: show(path),
        problem: `git cannot show it: ${stderr.trim()}`,
        fix: 'fetch the whole commit first',
      });
    }
    return stdout;
  }

  private ask(words: readonly string[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      execFile(
        this.program,
        ['-c', 'safe.bareRepository=explicit', ...words],
        { env: { ...process.env, GIT_NO_LAZY_FETCH: '1' }, maxBuffer: MOST },
        (error, stdout, stderr) => {
          if (error !== null && typeof error.code !== 'number') {
            reject(unanswered(this.program, `${error.code ?? error.message}`));
          } else {
            resolve({ isDone: error === null, stdout, stderr });
          }
        },
      );
    });
  }
}

interface Answer {
  readonly isDone: boolean;
  readonly stdout: string;
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
