import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NetworkPolicyError, show } from '../model/problem';
import { replaceFile } from './replace-file';

export interface WriteFileOptions {
  /** What the file was given with, for errors. */
  readonly at: string;
  /**
   * Whether a file that is there already stays as it is.
   *
   * @default false
   */
  readonly isNew?: boolean;
}

/**
 * Writes a file that an option names, all of it or nothing; folders that are missing are made.
 *
 * @throws NetworkPolicyError `file-unwritable`; `file-exists` for one that was to be new
 */
export async function writeInto(
  file: string,
  pieces: string | Iterable<string>,
  { at, isNew = false }: WriteFileOptions,
): Promise<void> {
  try {
    mkdirSync(dirname(file), { recursive: true });
    await (isNew ? createFile(file, pieces) : replaceFile(file, pieces));
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST' && syscall === 'open'
      ? new NetworkPolicyError({
          code: 'file-exists',
          at,
          got: show(file),
          problem: 'there is such a file, and it may hold work of yours',
          fix: 'name another, or overwrite it with --force',
        })
      : unwritable(file, at, message, 'check its name, its folder and their permissions');
  }
}

/** Nobody else's file is overwritten, not even one that came a moment ago, and what could not be written leaves none. */
async function createFile(file: string, pieces: string | Iterable<string>): Promise<void> {
  await writeFile(file, '', { flag: 'wx' });
  try {
    await replaceFile(file, pieces);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** A file that cannot be written. */
export function unwritable(file: string, at: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'file-unwritable', at, got: show(file), problem, fix });
}
