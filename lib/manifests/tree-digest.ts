import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readlinkSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../model/collections';
import { MAX_FILE_BYTES, MAX_FOLDER_ENTRIES } from '../model/limits';
import { isNeverRead } from './exclusion';
import { isInside } from './files';

/** How many bytes of a file are in memory at a time. */
const PIECE = 1024 * 1024;

/**
 * Digests of files and folders; each is read once. The limits are those of reading manifests: no links out of the folder, no
 * more entries of a folder, and no more bytes of a file.
 */
export class TreeDigests {
  private readonly known = new Map<string, string>();
  private entries = 0;

  /** @param root the real path of the folder that a person named */
  public constructor(private readonly root: string) {}

  /** The SHA-256 of a folder's names and contents. */
  public of(path: string): string {
    try {
      const found = realpathSync(path);
      if (!isInside(this.root, found)) {
        return `link to ${readlinkSync(path)}`;
      }
      const known = this.known.get(found);
      if (known !== undefined) {
        return known;
      }
      // A link may lead to a folder around it.
      this.known.set(found, '');
      const digest = this.compute(found);
      this.known.set(found, digest);
      return digest;
    } catch (error) {
      // No tool can open it either.
      return (error as NodeJS.ErrnoException).code ?? '';
    }
  }

  private compute(path: string): string {
    const hash = createHash('sha256');
    const stats = statSync(path);
    if (stats.isDirectory()) {
      this.addFolder(path, hash);
    } else if (stats.isFile()) {
      hash.update(`${stats.size}\n`);
      addFile(path, hash);
    }
    return hash.digest('hex');
  }

  private addFolder(folder: string, hash: Hash): void {
    for (const name of readdirSync(folder).sort(compare)) {
      this.entries++;
      if (this.entries > MAX_FOLDER_ENTRIES) {
        // The reader of the folder reports it.
        return;
      }
      if (!isNeverRead(name)) {
        hash.update(JSON.stringify([name, this.of(join(folder, name))]));
      }
    }
  }
}

/** The SHA-256 of a text, in hexadecimal digits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function addFile(path: string, hash: Hash): void {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(PIECE);
    let rest = MAX_FILE_BYTES;
    for (let size = readSync(file, piece); size > 0 && rest > 0; size = readSync(file, piece)) {
      hash.update(piece.subarray(0, size));
      rest -= size;
    }
  } finally {
    closeSync(file);
  }
}
