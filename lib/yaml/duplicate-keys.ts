import { inside, placeOf, type Spot } from '../model/place';
import type { Problem } from '../model/problem';
import { isMerge, type Node, pairsOf } from './node';
import { textOfKey } from './scalars';

/**
 * Every key that an object of a document has a second time. A merge may stand there as often as it likes, and what it
 * brings is no key of the object's own.
 */
export function duplicateKeys(root: Node): Problem[] {
  const problems: Problem[] = [];
  const visit = (node: Node, at: Spot): void => {
    if (node.kind === 'list') {
      for (const [i, child] of node.children.entries()) {
        visit(child, inside(at, i));
      }
    } else if (node.kind === 'object') {
      const seen = new Set<string>();
      for (const { key, value } of pairsOf(node)) {
        const name = textOfKey(key) ?? '';
        if (!isMerge(key)) {
          if (seen.has(name)) {
            problems.push({ ...TWICE, at: placeOf(at, name), got: `${name} twice` });
          }
          seen.add(name);
        }
        visit(value, inside(at, name));
      }
    }
  };
  visit(root, []);
  return problems;
}

const TWICE = {
  code: 'key-duplicate',
  problem: 'an object has each key once; readers disagree which of two counts',
  fix: 'keep one of them',
} as const;

/** A key that stands in an object a second time, of which nobody knows where. */
export const SOMETHING_TWICE: Problem = { ...TWICE, at: 'the document', got: 'a key twice' };
