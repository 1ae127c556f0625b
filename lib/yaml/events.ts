import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** Where a node begins in its text, by its event; `undefined` for an empty one, which is not written anywhere. */
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
