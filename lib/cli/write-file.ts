import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NetworkPolicyError, show } from '../model/problem';

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
 * Writes a file that an option names; folders that are missing are made.
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
    await writeFile(file, pieces, { flag: isNew ? 'wx' : 'w' });
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

/** A file that cannot be written. */
export function unwritable(file: string, at: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'file-unwritable', at, got: show(file), problem, fix });
}
