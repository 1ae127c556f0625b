import type { Maker } from '../model/cluster';
import { countOne } from '../model/collections';
import { nameOfKind } from '../model/object-kinds';
import { type Holder, holderOf } from './held-objects';
import type { Origin } from './origin';
import { FoundMakers } from './read-maker';

/** The objects of kinds that are not read. They are counted, and searched for other objects and for pods made from them. */
export class UnreadObjects {
  /** The number of objects, by kind. */
  public readonly counts = new Map<string, number>();
  /** The objects that contain others. */
  public readonly holders: Holder[] = [];
  private readonly found = new FoundMakers();

  /** Adds an object, and returns whether pods or policies may be made from it. */
  public add(value: Readonly<Record<string, unknown>>, origin: Origin, defaultNamespace: string): boolean {
    countOne(this.counts, nameOfKind(value.kind as string, value.apiVersion));
    const holder = holderOf(value, defaultNamespace);
    if (holder !== undefined) {
      this.holders.push(holder);
    }
    const isMaker = this.found.note(value, origin, defaultNamespace);
    return isMaker || holder !== undefined;
  }

  /** Whether an object of a kind was added. */
  public has(kindName: string): boolean {
    return this.counts.has(kindName);
  }

  public makers(): readonly Maker[] {
    return this.found.list();
  }
}
