import { constructFromEvents, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { type Problem, show } from '../model/problem';
import { childrenOf, offsetOf, pairsOf } from './events';
import { KUBECTL_SCHEMA } from './kubectl-schema';

/** Where a field is written, and how, where it reads otherwise than it is written. */
export interface Located {
  readonly offset: number;
  /** The scalar as written without quotes that is no text, such as `y` or `010`. */
  readonly written?: string;
}

/**
 * Finds a field in a document's events.
 *
 * @param start the index of the document's node
 * @param problem with the field's path, such as `spec.ingress[0].from`; of a field that is not there the nearest
 *   around it is found. Of labels the path tells only where they all stand, so the one is found by what is shown
 */
export function locate(
  events: readonly Event[],
  start: number,
  text: string,
  { code, at, got }: Problem,
): Located {
  const isAboutKey = code === 'field-unknown' || code === 'key-duplicate';
  let [node, rest] = [start, at];
  let offset = 0;
  for (;;) {
    offset = offsetOf(events[node] as Event) ?? offset;
    const child = childAt(events, node, text, rest);
    if (child === undefined) {
      break;
    }
    offset = offsetOf(events[child.keyIndex] as Event) ?? offset;
    if (isAboutKey && child.rest === '') {
      return { offset };
    }
    [node, rest] = [child.valueIndex, child.rest];
  }
  const event = events[node] as Event;
  if (event.type === EVENT_ID.MAPPING && rest === '') {
    for (const { keyIndex, valueIndex } of pairsOf(events, node, text)) {
      for (const index of [valueIndex, keyIndex]) {
        const part = events[index] as Event;
        if (part.type === EVENT_ID.SCALAR && show(scalarValue(part, text)) === got) {
          return { offset: offsetOf(part) ?? offset, ...asWritten(part, text) };
        }
      }
    }
  }
  return { offset, ...(rest === '' ? asWritten(event, text) : {}) };
}

/** The value of a scalar, as kubectl reads it. */
export function scalarValue(event: Event, text: string): unknown {
  const document = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] };
  try {
    return constructFromEvents([document, event, { type: EVENT_ID.POP }], {
      source: text,
      schema: KUBECTL_SCHEMA,
    })[0];
  } catch {
    return undefined;
  }
}

function asWritten(event: Event, text: string): Pick<Located, 'written'> {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) {
    return {};
  }
  const isText = typeof scalarValue(event, text) === 'string';
  return isText ? {} : { written: text.slice(event.valueStart, event.valueEnd) };
}

interface Child {
  readonly keyIndex: number;
  readonly valueIndex: number;
  readonly rest: string;
}

function childAt(events: readonly Event[], node: number, text: string, path: string): Child | undefined {
  const { type } = events[node] as Event;
  if (type === EVENT_ID.SEQUENCE) {
    const [all, number] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const index = all === undefined ? undefined : childrenOf(events, node)[Number(number)];
    return index === undefined
      ? undefined
      : { keyIndex: index, valueIndex: index, rest: path.slice(all?.length) };
  }
  let found: (Child & { readonly key: string }) | undefined;
  if (type === EVENT_ID.MAPPING && path !== '') {
    for (const { key, keyIndex, valueIndex } of pairsOf(events, node, text)) {
      // A key may hold dots itself, so the longest one that fits is meant; of two alike, the last counts.
      if (
        key.length >= (found?.key.length ?? 1) &&
        path.startsWith(key) &&
        /^($|[.[])/.test(path.slice(key.length))
      ) {
        found = { key, keyIndex, valueIndex, rest: path.slice(key.length).replace(/^\./, '') };
      }
    }
  }
  return found;
}
