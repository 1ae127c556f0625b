import { readFileSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { MAX_FILE_BYTES } from '../model/limits';
import type { ManifestProblem } from '../model/manifest-problem';
import { readDocuments } from '../yaml/documents';
import { decodeText } from '../yaml/encoding';
import { aboutFile, fileTooLarge, unreadableFile } from './file-problems';

/** The text of a file, or why it cannot be read. */
export type OpenedFile =
  | { readonly file: string; readonly text: string }
  | { readonly problem: ManifestProblem };

/** What a shell hands over by its path, as for `<(helm template shop)`; like standard input it may be a pipe. */
const DESCRIPTOR = /^\/(dev\/(stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** @param path `-` for standard input */
export function openFile(path: string): OpenedFile {
  let bytes: Buffer;
  try {
    const stats = path === '-' || DESCRIPTOR.test(path) ? undefined : statSync(path);
    if (stats?.isFile() === false) {
      return { problem: aboutFile(path, { ...NO_FILE, got: whatIs(stats) }) };
    }
    if (stats !== undefined && stats.size > MAX_FILE_BYTES) {
      return { problem: fileTooLarge(path, stats.size) };
    }
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    return { problem: unreadableFile(path, error) };
  }
  if (bytes.length > MAX_FILE_BYTES) {
    return { problem: fileTooLarge(path, bytes.length) };
  }
  const decoded = decodeText(bytes);
  return 'text' in decoded
    ? { file: path, text: decoded.text }
    : { problem: aboutFile(path, decoded.problem) };
}

/** Of a pipe or a device nobody knows when its text would come, or end. */
const NO_FILE = {
  code: 'file-unreadable',
  problem: 'this is no file with a text in it',
  fix: 'name a file; - is standard input',
} as const;

function whatIs(stats: Stats): string {
  if (stats.isDirectory()) {
    return 'a folder';
  }
  return stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
}

/** A pipe through which nothing comes is most often a program before it that failed, as kubectl refuses it, too. */
export function openPipe(): OpenedFile {
  const found = openFile('-');
  return 'text' in found && found.text.trim() === ''
    ? {
        problem: aboutFile('-', {
          code: 'file-unreadable',
          got: 'nothing',
          problem: 'no manifest came through standard input',
          fix: 'look at what the program before the pipe says',
        }),
      }
    : found;
}

/** What is said first in a file, for a look at what it is; undefined where nothing can be read. */
export function firstValueIn(path: string): unknown {
  const opened = openFile(path);
  return 'text' in opened ? readDocuments(opened.text).next().value?.value : undefined;
}

/** Whether a path is a folder itself, or leads to something in it; both as the file system names them. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
