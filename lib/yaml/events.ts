import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/**
 * A node of a YAML document is a run of js-yaml's events: one for a scalar or an alias; for a list or an object
 * its own, those of its children, and a POP. Offsets are into the text that was parsed.
 */

/** The index after the node that begins at `start`. */
function afterNode(events: readonly Event[], start: number): number {
  let depth = 0;
  let index = start;
  do {
    const { type } = events[index++] as Event;
    if (type === EVENT_ID.POP) {
      depth--;
    } else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) {
      depth++;
    }
  } while (depth > 0 && index < events.length);
  return index;
}

/** The indices at which the children of a list or object begin: of an object, keys and values in turn. */
export function childrenOf(events: readonly Event[], start: number): number[] {
  const children: number[] = [];
  let index = start + 1;
  while (index < events.length && events[index]?.type !== EVENT_ID.POP) {
    children.push(index);
    index = afterNode(events, index);
  }
  return children;
}

/** The keys of an object with the indices of key and value. */
export function* pairsOf(
  events: readonly Event[],
  start: number,
  text: string,
): Generator<{ readonly key: string; readonly keyIndex: number; readonly valueIndex: number }> {
  const children = childrenOf(events, start);
  for (let i = 0; i + 1 < children.length; i += 2) {
    const [keyIndex, valueIndex] = [children[i] as number, children[i + 1] as number];
    const event = events[keyIndex] as Event;
    if (event.type === EVENT_ID.SCALAR) {
      yield { key: getScalarValue(text, event), keyIndex, valueIndex };
    }
  }
}

/** Where the first key stands that is a list, an object or not written at all; `undefined` where there is none. */
export function keyThatIsNoText(events: readonly Event[], start: number): number | undefined {
  const event = events[start] as Event;
  const isObject = event.type === EVENT_ID.MAPPING;
  if (!isObject && event.type !== EVENT_ID.SEQUENCE) {
    return undefined;
  }
  for (const [i, child] of childrenOf(events, start).entries()) {
    const node = events[child] as Event;
    const isWritten =
      node.type === EVENT_ID.ALIAS || (node.type === EVENT_ID.SCALAR && offsetOf(node) !== undefined);
    const found =
      isObject && i % 2 === 0 && !isWritten
        ? (offsetOf(node) ?? offsetOf(event))
        : keyThatIsNoText(events, child);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Where a node is written; `undefined` for an empty one, which is not written anywhere. */
export function offsetOf(event: Event): number | undefined {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      if (event.tagStart >= 0 || event.anchorStart >= 0) {
        return firstOf(event.tagStart, event.anchorStart - 1);
      }
      // The value of a quoted scalar begins after its quote.
      return firstOf(isQuoted(event) ? event.valueStart - 1 : event.valueStart);
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return firstOf(event.start, event.tagStart, event.anchorStart - 1);
    default:
      return undefined;
  }
}

/** The anchor of a node, without its `&`. */
export function anchorOf(
  { anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number },
  text: string,
): string | undefined {
  return anchorStart < 0 ? undefined : text.slice(anchorStart, anchorEnd);
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function firstOf(...offsets: number[]): number | undefined {
  const written = offsets.filter((offset) => offset >= 0);
  return written.length === 0 ? undefined : Math.min(...written);
}
