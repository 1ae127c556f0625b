import { EVENT_ID, type Event } from 'js-yaml';
import type { FieldPath } from '../model/field-path';
import type { Problem } from '../model/problem';
import { childrenOf, pairsOf } from './events';
import { scalarValue } from './locate';

/** Every key that an object of a document has a second time. */
export function duplicateKeys(events: readonly Event[], start: number, text: string): Problem[] {
  const problems: Problem[] = [];
  const visit = (node: number, at: FieldPath): void => {
    const { type } = events[node] as Event;
    if (type === EVENT_ID.SEQUENCE) {
      for (const [i, child] of childrenOf(events, node).entries()) {
        visit(child, [...at, i]);
      }
    } else if (type === EVENT_ID.MAPPING) {
      const seen = new Set<string>();
      for (const { keyIndex, valueIndex } of pairsOf(events, node, text)) {
        const key = String(scalarValue(events[keyIndex] as Event, text));
        const path = [...at, key];
        if (seen.has(key) && key !== '<<') {
          problems.push({
            code: 'key-duplicate',
            at: path,
            got: `${key} twice`,
            problem: 'an object has each key once; readers disagree which of two counts',
            fix: 'keep one of them',
          });
        }
        seen.add(key);
        visit(valueIndex, path);
      }
    }
  };
  visit(start, []);
  return problems;
}
