import { constructFromEvents, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { isPath } from '../model/place';
import type { Problem, ProblemCode } from '../model/problem';
import { childrenOf, offsetOf, pairsOf } from './events';
import { KUBECTL_SCHEMA } from './kubectl-schema';

/** Where a field is written, and how, where it reads otherwise than it is written. */
export interface Located {
  readonly offset: number;
  /** The scalar as written without quotes that is no text, such as `y` or `010`. */
  readonly written?: string;
}

/** As much of a problem as it takes to find what it is about. */
export type Sought = Pick<Problem, 'code' | 'at' | 'key'>;

/** What is said of the key of a field, and not of its value. */
const ABOUT_FIELDS: readonly ProblemCode[] = ['field-unknown', 'key-duplicate'];

/** What is said of the key of a label or an annotation. */
const ABOUT_LABELS: readonly ProblemCode[] = ['label-key-invalid', 'annotation-key-invalid'];

/**
 * Finds the field that a problem is about in a document's events; of a field that is not there, the nearest around it.
 *
 * @param start the index of the document's node
 */
export function locate(
  events: readonly Event[],
  start: number,
  text: string,
  { code, at, key }: Sought,
): Located {
  const path = isPath(at) ? at : [];
  const way = key === undefined ? path : [...path, key];
  const isAboutKey = (key === undefined ? ABOUT_FIELDS : ABOUT_LABELS).includes(code);
  let node = start;
  let offset = offsetOf(events[node] as Event) ?? 0;
  for (const [i, part] of way.entries()) {
    const child = childAt(events, node, text, part);
    if (child === undefined) {
      return { offset };
    }
    offset = offsetOf(events[child.keyIndex] as Event) ?? offset;
    if (isAboutKey && i === way.length - 1) {
      return { offset };
    }
    node = child.valueIndex;
    offset = offsetOf(events[node] as Event) ?? offset;
  }
  return { offset, ...asWritten(events[node] as Event, text) };
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
}

function childAt(
  events: readonly Event[],
  node: number,
  text: string,
  part: string | number,
): Child | undefined {
  const { type } = events[node] as Event;
  if (type === EVENT_ID.SEQUENCE && typeof part === 'number') {
    const index = childrenOf(events, node)[part];
    return index === undefined ? undefined : { keyIndex: index, valueIndex: index };
  }
  // Of two alike, the last counts.
  return type === EVENT_ID.MAPPING
    ? [...pairsOf(events, node, text)].filter(({ key }) => key === part).at(-1)
    : undefined;
}
