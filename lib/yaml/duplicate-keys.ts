import { inside, placeOf, type Spot } from '../model/place';
import type { Problem } from '../model/problem';
import { isMerge, keyedChildrenOf, type Node } from './node';
import { textOfKey } from './scalars';

/** Reports each key that occurs a second time in an object. Merges, and the keys that they add, do not count. */
export function duplicateKeys(root: Node): Problem[] {
  const problems: Problem[] = [];
  const visit = (node: Node, at: Spot): void => {
    if (node.kind === 'list') {
      for (const [i, child] of node.children.entries()) {
        visit(child, inside(at, i));
      }
    } else if (node.kind === 'object') {
      const seen = new Set<string>();
      for (const { key, value } of keyedChildrenOf(node)) {
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
  problem: 'a key may occur only once in an object; readers disagree which of two counts',
  fix: 'keep one of them',
} as const;

/** For a duplicate key that cannot be located. */
export const SOME_KEY_TWICE: Problem = { ...TWICE, at: 'the document', got: 'a key twice' };
