import { type Dirent, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compare } from '../model/collections';
import { isConstructMetadata } from '../model/construct-metadata';
import { MAX_FOLDER_ENTRIES } from '../model/limits';
import type { ManifestProblem } from '../model/manifest-problem';
import { type Problem, show } from '../model/problem';
import type { Authors } from './authors';
import { countTemplates, isChart, TEMPLATE_FOLDERS } from './charts';
import { isNeverRead } from './exclusion';
import { aboutFile, folderTooLarge, unreadableFile } from './file-problems';
import { isInside, type OpenedFile, openFile } from './files';
import { isKustomizationFolder } from './kustomizations';
import type { SideFiles } from './side-files';
import type { Stock } from './stock';
import { TreeDigests } from './tree-digest';

/** A file in a folder. */
export type FoundInFolder =
  | (OpenedFile & { readonly authors?: Authors | undefined })
  /** It looks like a manifest, but kubectl does not read it. */
  | { readonly remark: ManifestProblem };

/**
 * The manifests in a folder and the folders in it, in the order of names, as `kubectl apply --recursive` reads them: files
 * with certain endings in lower case, and no links to folders. Unlike kubectl, links to files outside the folder are not
 * read, because they could lead to any file of the user. Nor are files from which kustomize or Helm builds manifests.
 *
 * @see k8s.io/cli-runtime pkg/resource/visitor.go, ExpandPathsToFileVisitors; tried with kubectl 1.32
 */
export function* openFolder(
  path: string,
  sideFiles: SideFiles,
  authors: Authors | undefined,
  stock: Stock,
): Generator<FoundInFolder> {
  let root: string;
  try {
    root = realpathSync(path);
  } catch (error) {
    yield { problem: unreadableFile(path, error) };
    return;
  }
  const reader = new FolderReader(path, root, sideFiles, stock);
  yield* reader.read(path, authors);
  if (reader.isFull) {
    yield { problem: folderTooLarge(path) };
  }
}

class FolderReader {
  private entries = 0;
  private readonly digests: TreeDigests;

  /**
   * @param named the folder as a person named it
   * @param root its real path, which links may not leave
   */
  public constructor(
    private readonly named: string,
    private readonly root: string,
    private readonly sideFiles: SideFiles,
    private readonly stock: Stock,
  ) {
    this.digests = new TreeDigests(root);
  }

  public get isFull(): boolean {
    return this.entries > MAX_FOLDER_ENTRIES;
  }

  /** @param isPart whether the folder belongs to a kustomization around it */
  public *read(folder: string, authors: Authors | undefined, isPart = false): Generator<FoundInFolder> {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      yield { problem: unreadableFile(folder, error) };
      return;
    }
    const own = entries.filter((each) => !this.leadsOut(join(folder, each.name), each));
    const by = isKustomizationFolder(folder, own) ? 'kustomize' : isChart(folder, own) ? 'helm' : undefined;
    if (by !== undefined) {
      this.leaveUnbuilt(folder, by, entries);
    }
    const isPassed = isPart || by === 'kustomize';
    for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
      this.entries++;
      if (this.isFull) {
        return;
      }
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isTemplates = by === 'helm' && TEMPLATE_FOLDERS.has(entry.name);
        if (!isTemplates && !isNeverRead(entry.name) && !this.leavesOut(path, true)) {
          yield* this.read(path, this.sideFiles.in(path) ?? authors, isPassed);
        }
      } else if (!isPassed) {
        yield* this.readEntry(path, entry, authors);
      }
    }
  }

  private *readEntry(path: string, entry: Dirent, authors: Authors | undefined): Generator<FoundInFolder> {
    const { name } = entry;
    if (/\.(ya?ml|json)$/.test(name)) {
      if (this.leavesOut(path, false)) {
        return;
      }
      const found = this.leadsOut(path, entry) ?? openFile(path);
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

  private leavesOut(path: string, isFolder: boolean): boolean {
    return this.stock.leavesOut(path, isFolder, this.named);
  }

  private leaveUnbuilt(folder: string, by: 'helm' | 'kustomize', entries: readonly Dirent[]): void {
    this.stock.leaveUnbuilt({
      by,
      name: relative(this.named, folder).split(sep).join('/') || '.',
      folder,
      parts: by === 'helm' ? countTemplates(folder) : entries.filter((entry) => !entry.isDirectory()).length,
      digest: this.digests.of(folder),
    });
  }

  /** The problem of a link that leads out of the folder, or nowhere; undefined for any other file. */
  private leadsOut(path: string, entry: Dirent): OpenedFile | undefined {
    if (!entry.isSymbolicLink()) {
      return undefined;
    }
    try {
      return isInside(this.root, realpathSync(path))
        ? undefined
        : { problem: aboutFile(path, { ...OUTSIDE, got: show(readlinkSync(path)) }) };
    } catch (error) {
      return { problem: unreadableFile(path, error) };
    }
  }
}

type Remark = Omit<Problem, 'at' | 'got'>;

const OTHER_ENDING: Remark = {
  code: 'file-passed-over',
  problem: 'kubectl reads only files of a folder that end in .yaml, .yml or .json, so this one is not read',
  fix: 'rename it, or name the file itself',
};

const FOLDER_LINK: Remark = {
  code: 'file-passed-over',
  problem: 'kubectl does not follow links to folders, so the files there are not read',
  fix: 'name that folder as well',
};

const OUTSIDE: Remark = {
  code: 'link-outside',
  problem: 'this link leads out of the folder, so the file is not read, although kubectl would apply it',
  fix: 'name that file as well, and remove the link',
};

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
