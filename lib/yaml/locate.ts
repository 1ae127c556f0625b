import { constructFromEvents, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { isPath } from '../model/place';
import type { Problem, ProblemCode } from '../model/problem';
import { offsetOf } from './events';
import { KUBECTL_SCHEMA } from './kubectl-schema';
import type { Nodes } from './nodes';

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
 * Finds the field that a problem is about in a document; of a field that is not there, the nearest around it.
 *
 * @param start the document's node
 */
export function locate(nodes: Nodes, start: number, { code, at, key }: Sought): Located {
  const path = isPath(at) ? at : [];
  const way = key === undefined ? path : [...path, key];
  const isAboutKey = (key === undefined ? ABOUT_FIELDS : ABOUT_LABELS).includes(code);
  let node = start;
  let offset = offsetOf(nodes.event(node)) ?? 0;
  for (const [i, part] of way.entries()) {
    const child = nodes.childAt(node, part);
    if (child === undefined) {
      return { offset };
    }
    offset = offsetOf(nodes.event(child.key)) ?? offset;
    if (isAboutKey && i === way.length - 1) {
      return { offset };
    }
    node = child.value;
    offset = offsetOf(nodes.event(node)) ?? offset;
  }
  return { offset, ...asWritten(nodes.event(node), nodes.text) };
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
