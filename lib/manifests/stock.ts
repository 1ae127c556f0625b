import { realpathSync } from 'node:fs';
import type { Inventory, NotBuilt } from '../model/inventory';
import type { Collector } from './collector';
import { Exclusion } from './exclusion';
import { usedBy, withUsed } from './kustomizations';

export interface StockOptions {
  /** Files and folders that are left out, as a line of `.gitignore` names them. @default none */
  readonly exclude?: readonly string[] | undefined;
  /** Kustomizations of which the result is read from elsewhere. @default none */
  readonly built?: readonly string[] | undefined;
}

/** Keeps count of what is read of files and folders, and of what is passed over. */
export class Stock {
  private readonly exclusion: Exclusion;
  /** How many texts with manifests have been read. */
  public files = 0;
  public readonly passedOver: string[] = [];
  public readonly excluded: string[] = [];
  public readonly notBuilt: NotBuilt[] = [];
  /** The folders that went into what was built. */
  private readonly built: ReadonlySet<string>;
  private seen = 0;
  /** The folders that go into a kustomization that is not built. */
  private readonly used = new Set<string>();

  public constructor({ exclude, built = [] }: StockOptions = {}) {
    this.exclusion = new Exclusion(exclude);
    this.built = new Set(built.flatMap((folder) => [...withUsed(folder)]));
  }

  /** How many texts with manifests, and folders of which the result is read from elsewhere, have been found. */
  public get found(): number {
    return this.files + this.seen;
  }

  /** Takes a file that holds no manifest. */
  public passOver(file: string): void {
    this.passedOver.push(file);
  }

  /**
   * Whether somebody said that a file or folder is left out; it is counted.
   *
   * @param root the folder that was named, or in which that stands which was
   */
  public leavesOut(path: string, isFolder: boolean, root: string): boolean {
    const isCovered = this.exclusion.covers(path, isFolder, root);
    if (isCovered) {
      this.excluded.push(path);
    }
    return isCovered;
  }

  /** Takes what is not built, unless its result is read from elsewhere. */
  public leaveUnbuilt(found: NotBuilt & { readonly folder: string }): void {
    const place = realpathSync(found.folder);
    if (this.built.has(place)) {
      this.seen++;
      return;
    }
    this.notBuilt.push(found);
    for (const each of found.by === 'kustomize' ? usedBy(place) : []) {
      this.used.add(each);
    }
  }

  /** With what has been read of the files. */
  public inventory({ size, unread }: Pick<Collector, 'size' | 'unread'>): Inventory {
    const { files, passedOver, excluded } = this;
    // Of kustomizations those come first that a person would build.
    const isPart = ({ folder }: NotBuilt) => folder !== undefined && this.used.has(realpathSync(folder));
    const notBuilt = [...this.notBuilt].sort((a, b) => Number(isPart(a)) - Number(isPart(b)));
    return { manifests: size, files, passedOver, excluded, notBuilt: [...notBuilt, ...unread.holders] };
  }
}
