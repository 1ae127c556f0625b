import type { Maker } from '../model/cluster';
import { countOne } from '../model/collections';
import type { NotBuilt } from '../model/inventory';
import { nameOfKind } from '../model/object-kinds';
import { holderOf } from './held-objects';
import type { Origin } from './origin';
import { FoundMakers } from './read-maker';

/** The objects of kinds that nothing here reads: counted, and looked through for what they tell of others. */
export class UnreadObjects {
  /** How many there are of each kind. */
  public readonly counts = new Map<string, number>();
  /** Those in which other objects stand. */
  public readonly holders: NotBuilt[] = [];
  private readonly found = new FoundMakers();

  /** Takes one, and tells whether pods or policies may come of it. */
  public add(value: Readonly<Record<string, unknown>>, origin: Origin, defaultNamespace: string): boolean {
    countOne(this.counts, nameOfKind(value.kind as string, value.apiVersion));
    const holder = holderOf(value, defaultNamespace);
    if (holder !== undefined) {
      this.holders.push(holder);
    }
    const isMaker = this.found.note(value, origin, defaultNamespace);
    return isMaker || holder !== undefined;
  }

  /** Whether one of a kind has come before. */
  public has(kindName: string): boolean {
    return this.counts.has(kindName);
  }

  /** Those from which somebody makes pods. */
  public makers(): readonly Maker[] {
    return this.found.list();
  }
}
