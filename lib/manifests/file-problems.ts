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
    problem: `files of more than ${MAX_FILE_BYTES} bytes are not read`,
    fix: 'split it, or leave out what is not a workload, service or policy',
  });
}

export function folderTooLarge(path: string): ManifestProblem {
  return aboutFile(path, {
    code: 'folder-too-large',
    got: `more than ${MAX_FOLDER_ENTRIES} files and folders`,
    problem: 'no more are read of a folder and those in it, so the rest is missing',
    fix: 'name the folders with manifests',
  });
}

/** A problem with a file as a whole. */
export function aboutFile(file: string, problem: Omit<Problem, 'at'>): ManifestProblem {
  return { ...problem, at: 'the input', source: { file } };
}

/** No manifest was read at all; `path` is the first file or folder without one. */
export function nothingRead(path: string): ManifestProblem {
  return aboutFile(path, {
    code: 'manifest-missing',
    got: 'nothing',
    problem: 'no manifest was read: there is none, or all are left out as asked',
    fix: 'name files with manifests; check what wrote this file, and --exclude',
  });
}

/** A folder without manifests; the message says what else is in it. */
export function nothingIn(path: string, passedOver: number, notBuilt: readonly NotBuilt[]): ManifestProblem {
  const [first] = notBuilt;
  return aboutFile(path, {
    code: 'folder-empty',
    got:
      [
        ...(passedOver === 0 ? [] : [`${count(passedOver, 'file')} without a manifest`]),
        ...(first === undefined ? [] : [countNotBuilt(notBuilt)]),
      ].join(', ') || show(path),
    problem: 'there is no manifest in this folder or below it',
    fix:
      first === undefined
        ? 'name a folder with .yaml, .yml or .json files that have a kind'
        : `build one of them: ${howToBuild(first)}`,
  });
}

/** A folder that a person named, and from which a tool builds manifests. */
export function folderUnbuilt(folder: string, by: NotBuilt['by']): ManifestProblem {
  return aboutFile(folder, {
    code: 'folder-not-built',
    got: by === 'helm' ? 'a Helm chart' : 'a kustomization',
    problem: `${by === 'helm' ? 'Helm' : 'kustomize'} builds manifests from this folder, so its files are not read as manifests`,
    fix: `write ${howToBuild({ by, folder })}, or name a file in it`,
  });
}
