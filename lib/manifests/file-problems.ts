import type { ManifestProblem } from '../model/manifest-problem';
import type { Problem } from '../model/problem';

/** A file or folder that cannot be opened. */
export function unreadableFile(path: string, error: unknown): ManifestProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  return aboutFile(path, {
    code: 'file-unreadable',
    got: code ?? message,
    problem: code === 'ENOENT' ? 'there is no such file or folder' : 'this cannot be opened',
    fix: 'check its name and permissions',
  });
}

/** A problem with a file as a whole. */
export function aboutFile(file: string, problem: Omit<Problem, 'at'>): ManifestProblem {
  return { ...problem, at: 'the source', source: { file } };
}
