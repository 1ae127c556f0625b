import { readFileSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { MAX_FILE_BYTES } from '../model/limits';
import type { ManifestProblem } from '../model/manifest-problem';
import { readDocuments } from '../yaml/documents';
import { decodeText } from '../yaml/encoding';
import { aboutFile, fileTooLarge, unreadableFile } from './file-problems';

/** A file's text, or why it cannot be read. */
export type OpenedFile =
  | { readonly file: string; readonly text: string }
  | { readonly problem: ManifestProblem };

/** A path that a shell passes for `<(helm template shop)`; like standard input it may be a pipe. */
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

/** A named pipe or a device could keep the program waiting. */
const NO_FILE = {
  code: 'file-unreadable',
  problem: 'this is not a file with text',
  fix: 'name a file; - is standard input',
} as const;

function whatIs(stats: Stats): string {
  if (stats.isDirectory()) {
    return 'a folder';
  }
  return stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
}

/** Refuses empty standard input, as kubectl does: usually the program before the pipe has failed. */
export function openStandardInput(): OpenedFile {
  const found = openFile('-');
  return 'text' in found && found.text.trim() === ''
    ? {
        problem: aboutFile('-', {
          code: 'file-unreadable',
          got: 'nothing',
          problem: 'no manifest came through standard input',
          fix: 'check what the program before the pipe says',
        }),
      }
    : found;
}

/** The value of the first document of a file; undefined if it cannot be read. */
export function firstValueIn(path: string): unknown {
  const opened = openFile(path);
  return 'text' in opened ? readDocuments(opened.text).next().value?.value : undefined;
}

/** Whether a path is the folder or something in it; both must be real paths. */
export function isInside(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}
