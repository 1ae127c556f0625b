import { defined } from '../model/defined';
import { isPath } from '../model/place';
import type { Problem, ProblemCode } from '../model/problem';
import type { Child } from './node';

/** Where a field is written. */
export interface Located {
  readonly offset: number;
  /** The text of an unquoted scalar that is not read as text, such as `y` or `010`. */
  readonly written?: string;
}

/** A document in which fields are located; `N` is a reference to a node. */
export interface Tree<N> {
  childAt(node: N, part: string | number): Child<N> | undefined;
  /** Undefined for a value that is not written. */
  offsetAt(node: N): number | undefined;
  /** The text of an unquoted scalar that is not read as text. */
  writtenAt(node: N): string | undefined;
}

/** The parts of a problem that say where it is. */
export type Sought = Pick<Problem, 'code' | 'at' | 'key'>;

/** Problems with the key of a field instead of its value. */
const ABOUT_FIELDS: readonly ProblemCode[] = ['field-unknown', 'key-duplicate'];

/** Problems with the key of a label or an annotation. */
const ABOUT_LABELS: readonly ProblemCode[] = ['label-key-invalid', 'annotation-key-invalid'];

/**
 * Finds the field of a problem in a document, or the closest field around it that is written.
 *
 * @param start the root of the document
 */
export function locate<N>(tree: Tree<N>, start: N, { code, at, key }: Sought): Located {
  const path = isPath(at) ? at : [];
  const parts = key === undefined ? path : [...path, key];
  const isAboutKey = (key === undefined ? ABOUT_FIELDS : ABOUT_LABELS).includes(code);
  let node = start;
  let offset = tree.offsetAt(node) ?? 0;
  for (const [i, part] of parts.entries()) {
    const child = tree.childAt(node, part);
    if (child === undefined) {
      return { offset };
    }
    offset = tree.offsetAt(child.key) ?? offset;
    if (isAboutKey && i === parts.length - 1) {
      return { offset };
    }
    node = child.value;
    offset = tree.offsetAt(node) ?? offset;
  }
  return { offset, ...defined({ written: tree.writtenAt(node) }) };
}
