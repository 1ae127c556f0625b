import { type Dirent, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isConstructMetadata } from '../model/construct-metadata';
import { MAX_FOLDER_ENTRIES } from '../model/limits';
import { compare, type ManifestProblem } from '../model/manifest-problem';
import { type Problem, show } from '../model/problem';
import type { Authors } from './authors';
import { aboutFile, folderTooLarge, unreadableFile } from './file-problems';
import { type OpenedFile, openFile } from './files';
import type { SideFiles } from './side-files';

/** What stands in a folder. */
export type FoundInFolder =
  | (OpenedFile & { readonly authors?: Authors | undefined })
  /** What a person could take for a manifest, and kubectl does not read. */
  | { readonly remark: ManifestProblem };

/**
 * The manifests in a folder and the folders in it, in the order of names, as `kubectl apply --recursive` reads them: by
 * the ending of their names, in small letters, and through no link to a folder. A link to a file that is not in the
 * folder is not read either, although kubectl would: it could lead to anything that the user may see.
 *
 * @see k8s.io/cli-runtime pkg/resource/visitor.go, ExpandPathsToFileVisitors; tried with kubectl 1.32
 */
export function* openFolder(
  path: string,
  sideFiles: SideFiles,
  authors: Authors | undefined,
): Generator<FoundInFolder> {
  let root: string;
  try {
    root = realpathSync(path);
  } catch (error) {
    yield { problem: unreadableFile(path, error) };
    return;
  }
  const reader = new FolderReader(root, sideFiles);
  yield* reader.read(path, authors);
  if (reader.isFull) {
    yield { problem: folderTooLarge(path) };
  }
}

class FolderReader {
  private entries = 0;

  /** @param root where links may lead */
  public constructor(
    private readonly root: string,
    private readonly sideFiles: SideFiles,
  ) {}

  /** Whether there is more than is read. */
  public get isFull(): boolean {
    return this.entries > MAX_FOLDER_ENTRIES;
  }

  public *read(folder: string, authors: Authors | undefined): Generator<FoundInFolder> {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      yield { problem: unreadableFile(folder, error) };
      return;
    }
    for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
      this.entries++;
      if (this.isFull) {
        return;
      }
      const { name } = entry;
      const path = join(folder, name);
      if (entry.isDirectory()) {
        yield* this.read(path, this.sideFiles.in(path) ?? authors);
      } else if (/\.(ya?ml|json)$/.test(name)) {
        const found = (entry.isSymbolicLink() && this.outside(path)) || openFile(path);
        if (!('text' in found && isConstructMetadata(name, found.text))) {
          this.sideFiles.note(path, authors);
          yield 'text' in found ? { ...found, authors } : found;
        }
      } else if (/\.(ya?ml|json)$/i.test(name)) {
        yield { remark: aboutFile(path, { ...OTHER_ENDING, got: show(name) }) };
      } else if (entry.isSymbolicLink() && isFolder(path)) {
        yield { remark: aboutFile(path, { ...FOLDER_LINK, got: show(readlinkSync(path)) }) };
      }
    }
  }

  /** What to say of a link that leads out of the folder, or nowhere. */
  private outside(path: string): OpenedFile | undefined {
    try {
      const way = relative(this.root, realpathSync(path));
      return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
        ? { problem: aboutFile(path, { ...OUTSIDE, got: show(readlinkSync(path)) }) }
        : undefined;
    } catch (error) {
      return { problem: unreadableFile(path, error) };
    }
  }
}

type Told = Omit<Problem, 'at' | 'got'>;

const OTHER_ENDING: Told = {
  code: 'file-passed-over',
  problem: 'kubectl reads only files of a folder that end in .yaml, .yml or .json, so this one is not read',
  fix: 'rename it, or name the file itself',
};

const FOLDER_LINK: Told = {
  code: 'file-passed-over',
  problem: 'kubectl follows no link to a folder, so what stands there is not read',
  fix: 'name that folder as well',
};

const OUTSIDE: Told = {
  code: 'link-outside',
  problem:
    'this link leads out of the folder, so the file is not read, and kubectl would apply what stands in it',
  fix: 'name that file as well, and take the link away',
};

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
