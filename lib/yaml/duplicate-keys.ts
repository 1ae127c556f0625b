import { EVENT_ID, type Event } from 'js-yaml';
import { inside, placeOf, type Spot } from '../model/place';
import type { Problem } from '../model/problem';
import { anchorOf } from './events';
import { MERGE } from './kubectl-schema';
import { scalarValue } from './locate';
import type { Nodes } from './nodes';

/**
 * Every key that an object of a document has a second time. A merge may stand there as often as it likes, and what it
 * brings is no key of the object's own.
 *
 * @param start the document's node
 */
export function duplicateKeys(nodes: Nodes, start: number): Problem[] {
  const { text } = nodes;
  const problems: Problem[] = [];
  /** What aliases stand for, as far as it can be a key. */
  const anchored = new Map<string, unknown>();
  const meantBy = (event: Event): unknown => {
    if (event.type === EVENT_ID.ALIAS) {
      return anchored.get(text.slice(event.anchorStart, event.anchorEnd));
    }
    return event.type === EVENT_ID.SCALAR ? scalarValue(event, text) : undefined;
  };
  const visit = (node: number, at: Spot): void => {
    const event = nodes.event(node);
    const anchor = event.type === EVENT_ID.SCALAR ? anchorOf(event, text) : undefined;
    if (anchor !== undefined) {
      anchored.set(anchor, meantBy(event));
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      for (const [i, child] of nodes.childrenOf(node).entries()) {
        visit(child, inside(at, i));
      }
    } else if (event.type === EVENT_ID.MAPPING) {
      const seen = new Set<string>();
      for (const pair of nodes.pairsOf(node)) {
        visit(pair.key, at);
        const value = meantBy(nodes.event(pair.key));
        const key = value === MERGE ? '<<' : String(value);
        if (seen.has(key) && value !== MERGE) {
          problems.push({
            code: 'key-duplicate',
            at: placeOf(at, key),
            got: `${key} twice`,
            problem: 'an object has each key once; readers disagree which of two counts',
            fix: 'keep one of them',
          });
        }
        if (value !== undefined && value !== MERGE) {
          seen.add(key);
        }
        visit(pair.value, inside(at, key));
      }
    }
  };
  visit(start, []);
  return problems;
}
