import { realpathSync } from 'node:fs';
import type { Inventory, NotBuilt } from '../model/inventory';
import type { Collector } from './collector';
import { Exclusion } from './exclusion';
import { usedBy, withUsed } from './kustomizations';
import { digestOf } from './tree-digest';

export interface StockOptions {
  /** Patterns of files and folders to leave out, as in `.gitignore`. @default none */
  readonly exclude?: readonly string[] | undefined;
  /** Kustomizations whose result is among the inputs. @default none */
  readonly built?: readonly string[] | undefined;
}

/** Counts the files and folders that are read, and those that are passed over. */
export class Stock {
  private readonly exclusion: Exclusion;
  public files = 0;
  public readonly passedOver: string[] = [];
  public readonly excluded: string[] = [];
  public readonly notBuilt: NotBuilt[] = [];
  /** The folders of built kustomizations, and those that these use. */
  private readonly built: ReadonlySet<string>;
  private builtCount = 0;
  /** The folders that a kustomization uses which is not built. */
  private readonly used = new Set<string>();

  public constructor({ exclude, built = [] }: StockOptions = {}) {
    this.exclusion = new Exclusion(exclude);
    this.built = new Set(built.flatMap((folder) => [...withUsed(folder)]));
  }

  /** The number of texts with manifests, and of folders whose result is among the inputs. */
  public get found(): number {
    return this.files + this.builtCount;
  }

  /**
   * Whether a file or folder is left out on request; if so, it is counted.
   *
   * @param root the folder that was named, or that contains the file that was named
   */
  public leavesOut(path: string, isFolder: boolean, root: string): boolean {
    const isCovered = this.exclusion.covers(path, isFolder, root);
    if (isCovered) {
      this.excluded.push(path);
    }
    return isCovered;
  }

  /** Adds what is not built, unless its result is among the inputs. */
  public leaveUnbuilt(found: NotBuilt & { readonly folder: string }): void {
    const place = realpathSync(found.folder);
    if (this.built.has(place)) {
      this.builtCount++;
      return;
    }
    this.notBuilt.push(found);
    for (const each of found.by === 'kustomize' ? usedBy(place) : []) {
      this.used.add(each);
    }
  }

  public inventory({ size, unread }: Pick<Collector, 'size' | 'unread'>): Inventory {
    const { files, passedOver, excluded } = this;
    // Kustomizations that no other one uses come first: these are what a person would build.
    const isPart = ({ folder }: NotBuilt) => folder !== undefined && this.used.has(realpathSync(folder));
    const notBuilt = [...this.notBuilt].sort((a, b) => Number(isPart(a)) - Number(isPart(b)));
    const held = unread.holders.map(({ content, ...holder }) => ({ ...holder, digest: digestOf(content) }));
    return { manifests: size, files, passedOver, excluded, notBuilt: [...notBuilt, ...held] };
  }
}
