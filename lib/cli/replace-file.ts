import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

type Pieces = string | Iterable<string>;

/** What tells that nothing can be put beside a file or in its place, although it may be written itself. */
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
