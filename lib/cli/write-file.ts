import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NetworkPolicyError, show } from '../model/problem';

type Pieces = string | Iterable<string>;

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
  pieces: Pieces,
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

/** Writes a file that must not be there, not even since a moment ago. Where that fails, none stays behind. */
async function createFile(file: string, pieces: Pieces): Promise<void> {
  await writeFile(file, '', { flag: 'wx' });
  try {
    await replaceFile(file, pieces);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Refuses a folder in place of a file, before work is done for what is to be written.
 *
 * @throws NetworkPolicyError `file-unwritable`
 */
export function checkNoFolder(file: string, at: string): void {
  if (isFolder(file)) {
    throw unwritable(file, at, 'this is a folder', 'write the name of a file in it');
  }
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    // What is not there yet is none; what else is wrong, writing will tell.
    return false;
  }
}

function unwritable(file: string, at: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'file-unwritable', at, got: show(file), problem, fix });
}

/** The errors of a folder that takes no other file, although a file in it may be written. */
const FOLDER_REFUSES = ['EACCES', 'EPERM', 'EROFS', 'EBUSY'];

/**
 * Puts a text into a file in one step: all of it is written beside the file first, so that a full disk or an end in
 * between leaves the old text. The file keeps its permissions, and a link to it stays one. Where the folder takes no other
 * file, and for what is no file such as `/dev/stderr`, it is written as it stands.
 *
 * @throws Error what the system says, or that a link leads nowhere
 */
export async function replaceFile(path: string, pieces: Pieces): Promise<void> {
  const old = statSync(path, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile()) {
    await writeFile(path, pieces);
    return;
  }
  if (old !== undefined) {
    // Whoever may write into a folder could replace files in it that are not to be written.
    accessSync(path, constants.W_OK);
  } else if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw new Error('this is a link to a file that is not there');
  }
  const target = old === undefined ? path : await realpath(path);
  const folder = await folderBeside(target);
  if (folder === undefined) {
    await writeFile(target, pieces);
    return;
  }
  try {
    const written = join(folder, basename(target));
    // Some file systems find out only then that there is no room.
    await writeFile(written, pieces, { flush: true });
    if (old !== undefined) {
      await chmod(written, old.mode);
    }
    await putInPlace(written, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A new folder beside a file; `undefined` where its own takes none. */
async function folderBeside(file: string): Promise<string | undefined> {
  try {
    return await mkdtemp(join(dirname(file), '.aks-netpol-'));
  } catch (error) {
    if (doesFolderRefuse(error)) {
      return undefined;
    }
    throw error;
  }
}

/** A file that is mounted by itself, as into a container, cannot be replaced. */
async function putInPlace(written: string, target: string): Promise<void> {
  try {
    await rename(written, target);
  } catch (error) {
    if (!doesFolderRefuse(error)) {
      throw error;
    }
    await copyFile(written, target);
  }
}

function doesFolderRefuse(error: unknown): boolean {
  return FOLDER_REFUSES.includes((error as NodeJS.ErrnoException).code ?? '');
}
