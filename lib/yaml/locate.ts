import { constructFromEvents, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { defined } from '../model/defined';
import { isPath } from '../model/place';
import type { Problem, ProblemCode } from '../model/problem';
import { offsetOf } from './events';
import { KUBECTL_SCHEMA } from './kubectl-schema';
import type { Child, Nodes } from './nodes';

/** Where a field is written, and how, where it reads otherwise than it is written. */
export interface Located {
  readonly offset: number;
  /** The scalar as written without quotes that is no text, such as `y` or `010`. */
  readonly written?: string;
}

/** A document, as far as places in it are sought. A node is a number that only the tree understands. */
export interface Tree {
  childAt(node: number, part: string | number): Child | undefined;
  /** Where a node is written, if it is. */
  offsetAt(node: number): number | undefined;
  /** A scalar as written without quotes that is no text. */
  writtenAt(node: number): string | undefined;
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
export function locate(nodes: Nodes, start: number, sought: Sought): Located {
  const tree: Tree = {
    childAt: (node, part) => nodes.childAt(node, part),
    offsetAt: (node) => offsetOf(nodes.event(node)),
    writtenAt: (node) => asWritten(nodes.event(node), nodes.text),
  };
  return locateIn(tree, start, sought);
}

/** The same in any tree. */
export function locateIn(tree: Tree, start: number, { code, at, key }: Sought): Located {
  const path = isPath(at) ? at : [];
  const way = key === undefined ? path : [...path, key];
  const isAboutKey = (key === undefined ? ABOUT_FIELDS : ABOUT_LABELS).includes(code);
  let node = start;
  let offset = tree.offsetAt(node) ?? 0;
  for (const [i, part] of way.entries()) {
    const child = tree.childAt(node, part);
    if (child === undefined) {
      return { offset };
    }
    offset = tree.offsetAt(child.key) ?? offset;
    if (isAboutKey && i === way.length - 1) {
      return { offset };
    }
    node = child.value;
    offset = tree.offsetAt(node) ?? offset;
  }
  return { offset, ...defined({ written: tree.writtenAt(node) }) };
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

function asWritten(event: Event, text: string): string | undefined {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) {
    return undefined;
  }
  const isText = typeof scalarValue(event, text) === 'string';
  return isText ? undefined : text.slice(event.valueStart, event.valueEnd);
}
