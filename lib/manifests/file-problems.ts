import type { NotBuilt } from '../model/inventory';
import { countNotBuilt, howToBuild } from '../model/inventory-lines';
import { MAX_FILE_BYTES, MAX_FOLDER_ENTRIES } from '../model/limits';
import type { ManifestProblem } from '../model/manifest-problem';
import { type Problem, show } from '../model/problem';
import { count } from '../model/word-list';

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

/** The first of files and folders of which no manifest was read, where none was read at all. */
export function nothingRead(path: string): ManifestProblem {
  return aboutFile(path, {
    code: 'manifest-missing',
    got: 'nothing',
    problem: 'no manifest was read: none stands in what was named, or all of it is left out as asked',
    fix: 'name files with manifests; look at what wrote this one, and at --exclude',
  });
}

/** A folder of which nothing is read, with what is in it that could be taken for something. */
export function nothingIn(path: string, passedOver: number, notBuilt: readonly NotBuilt[]): ManifestProblem {
  const [first] = notBuilt;
  return aboutFile(path, {
    code: 'folder-empty',
    got:
      [
        ...(passedOver === 0 ? [] : [`${count(passedOver, 'file')} without a manifest`]),
        ...(first === undefined ? [] : [countNotBuilt(notBuilt)]),
      ].join(', ') || show(path),
    problem: 'there is no manifest in this folder or in one below it',
    fix:
      first === undefined
        ? 'name a folder with .yaml, .yml or .json files that say kind'
        : `build one of them: ${howToBuild(first)}`,
  });
}

/** A folder that a person named, and that some tool makes manifests of. */
export function folderUnbuilt(folder: string, by: NotBuilt['by']): ManifestProblem {
  return aboutFile(folder, {
    code: 'folder-not-built',
    got: by === 'helm' ? 'a Helm chart' : 'a kustomization',
    problem: `${by === 'helm' ? 'Helm' : 'kustomize'} makes the manifests of this folder, so what stands in it is not judged as if it were some`,
    fix: `write ${howToBuild({ by, folder })}, or name a file in it`,
  });
}
