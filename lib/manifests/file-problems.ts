import { MAX_FILE_BYTES, MAX_FOLDER_ENTRIES } from '../model/limits';
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

export function fileTooLarge(path: string, bytes: number): ManifestProblem {
  return aboutFile(path, {
    code: 'file-too-large',
    got: `${bytes} bytes`,
    problem: `no more than ${MAX_FILE_BYTES} bytes are read of a file, so nothing of this one is`,
    fix: 'divide it, or leave out what is no workload, service or policy',
  });
}

export function folderTooLarge(path: string): ManifestProblem {
  return aboutFile(path, {
    code: 'folder-too-large',
    got: `more than ${MAX_FOLDER_ENTRIES} files and folders`,
    problem: 'no more are read of a folder and those in it, so the last ones are not',
    fix: 'name the folders with manifests',
  });
}

/** A problem with a file as a whole. */
export function aboutFile(file: string, problem: Omit<Problem, 'at'>): ManifestProblem {
  return { ...problem, at: 'the source', source: { file } };
}
