import { defined } from '../model/defined';
import { isPath } from '../model/place';
import type { Problem, ProblemCode } from '../model/problem';
import type { Child } from './node';

/** Where a field is written, and how, where it reads otherwise than it is written. */
export interface Located {
  readonly offset: number;
  /** The scalar as written without quotes that is no text, such as `y` or `010`. */
  readonly written?: string;
}

/** A document, as far as places in it are sought, by nodes that only the tree understands. */
export interface Tree<N> {
  childAt(node: N, part: string | number): Child<N> | undefined;
  /** Where a node is written, if it is. */
  offsetAt(node: N): number | undefined;
  /** A scalar as written without quotes that is no text. */
  writtenAt(node: N): string | undefined;
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
export function locate<N>(tree: Tree<N>, start: N, { code, at, key }: Sought): Located {
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
