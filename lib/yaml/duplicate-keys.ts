import { EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import type { FieldPath } from '../model/field-path';
import type { Problem } from '../model/problem';
import { anchorOf, childrenOf } from './events';
import { scalarValue } from './locate';

/** The key of a merge, which may stand there more than once; in quotes it is a key like others. */
const MERGE = Symbol('<<');

/** Every key that an object of a document has a second time. */
export function duplicateKeys(events: readonly Event[], start: number, text: string): Problem[] {
  const problems: Problem[] = [];
  /** What aliases stand for, as far as it can be a key. */
  const anchored = new Map<string, unknown>();
  const meantBy = (event: Event): unknown => {
    if (event.type === EVENT_ID.ALIAS) {
      return anchored.get(text.slice(event.anchorStart, event.anchorEnd));
    }
    if (event.type !== EVENT_ID.SCALAR) {
      return undefined;
    }
    const value = scalarValue(event, text);
    return value === '<<' && event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? MERGE : value;
  };
  const visit = (node: number, at: FieldPath): void => {
    const event = events[node] as Event;
    const anchor = event.type === EVENT_ID.SCALAR ? anchorOf(event, text) : undefined;
    if (anchor !== undefined) {
      anchored.set(anchor, meantBy(event));
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      for (const [i, child] of childrenOf(events, node).entries()) {
        visit(child, [...at, i]);
      }
    } else if (event.type === EVENT_ID.MAPPING) {
      const seen = new Set<string>();
      const children = childrenOf(events, node);
      for (let i = 0; i + 1 < children.length; i += 2) {
        const [keyNode, valueNode] = [children[i] as number, children[i + 1] as number];
        visit(keyNode, at);
        const value = meantBy(events[keyNode] as Event);
        const key = value === MERGE ? '<<' : String(value);
        const path = [...at, key];
        if (seen.has(key) && value !== MERGE) {
          problems.push({
            code: 'key-duplicate',
            at: path,
            got: `${key} twice`,
            problem: 'an object has each key once; readers disagree which of two counts',
            fix: 'keep one of them',
          });
        }
        if (value !== undefined && value !== MERGE) {
          seen.add(key);
        }
        visit(valueNode, path);
      }
    }
  };
  visit(start, []);
  return problems;
}
