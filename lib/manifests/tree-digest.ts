import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../model/manifest-problem';
import { isNeverRead } from './exclusion';

/** So much of a file is in memory at a time. */
const PIECE = 1024 * 1024;

/** Tells files and folders by their contents, whatever the tool that reads them makes of them; each is looked at once. */
export class TreeDigests {
  private readonly known = new Map<string, string>();

  /** The SHA-256 of everything in a folder, by names and contents, links followed. */
  public of(path: string): string {
    const hash = createHash('sha256');
    try {
      const found = realpathSync(path);
      const known = this.known.get(found);
      if (known !== undefined) {
        return known;
      }
      // A link may lead back to where it stands.
      this.known.set(found, '');
      const stats = statSync(found);
      if (stats.isDirectory()) {
        this.addFolder(found, hash);
      } else if (stats.isFile()) {
        addFile(found, hash);
      }
      const digest = hash.digest('hex');
      this.known.set(found, digest);
      return digest;
    } catch (error) {
      // No tool can open it either.
      return (error as NodeJS.ErrnoException).code ?? '';
    }
  }

  private addFolder(folder: string, hash: Hash): void {
    for (const name of readdirSync(folder).sort(compare)) {
      if (!isNeverRead(name)) {
        hash.update(JSON.stringify([name, this.of(join(folder, name))]));
      }
    }
  }
}

function addFile(path: string, hash: Hash): void {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(PIECE);
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      hash.update(piece.subarray(0, size));
    }
  } finally {
    closeSync(file);
  }
}
