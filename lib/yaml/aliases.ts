import { EVENT_ID, type Event } from 'js-yaml';
import { anchorOf } from './events';

/** More nodes than this no document may have once its aliases are written out; kubectl stops likewise. */
export const MAX_EXPANDED_NODES = 100_000;

/**
 * How many nodes a document has once every alias is replaced by what it stands for, found without doing so;
 * `Infinity` when an alias stands for something it is part of.
 */
export function expandedSize(events: readonly Event[], text: string): number {
  const sizes = new Map<string, number>();
  const open: { readonly anchor: string | undefined; size: number }[] = [{ anchor: undefined, size: 0 }];
  const add = (size: number) => {
    (open.at(-1) as { size: number }).size += size;
  };
  for (const event of events) {
    if (event.type === EVENT_ID.ALIAS) {
      add(sizes.get(text.slice(event.anchorStart, event.anchorEnd)) ?? 1);
    } else if (event.type === EVENT_ID.SCALAR) {
      const anchor = anchorOf(event, text);
      if (anchor !== undefined) {
        sizes.set(anchor, 1);
      }
      add(1);
    } else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const anchor = anchorOf(event, text);
      if (anchor !== undefined) {
        sizes.set(anchor, Number.POSITIVE_INFINITY);
      }
      open.push({ anchor, size: 1 });
    } else if (event.type === EVENT_ID.POP && open.length > 1) {
      const { anchor, size } = open.pop() as { anchor: string | undefined; size: number };
      if (anchor !== undefined) {
        sizes.set(anchor, size);
      }
      add(size);
    }
  }
  return open[0]?.size ?? 0;
}
