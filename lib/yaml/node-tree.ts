import { remember } from '../model/collections';
import type { Tree } from './locate';
import { type Child, isMerge, keyedChildrenOf, mergedBy, type Node } from './node';
import { textOfKey, valueOfScalar } from './scalars';

/** A parsed YAML document. The fields of an object are looked up once, however many problems are located in it. */
export class NodeTree implements Tree<Node> {
  private readonly known = new Map<Node, ReadonlyMap<string, Child>>();

  /** The field of an object, of duplicates the last, or the entry of a list. */
  public childAt(node: Node, part: string | number): Child | undefined {
    const { kind, children, target } = node;
    if (target !== undefined) {
      return this.childAt(target, part);
    }
    if (typeof part === 'string') {
      return kind === 'object' ? this.of(node).get(part) : undefined;
    }
    const entry = kind === 'list' ? children[part] : undefined;
    return entry === undefined ? undefined : { key: entry, value: entry };
  }

  public offsetAt({ start }: Node): number | undefined {
    return start;
  }

  public writtenAt(node: Node): string | undefined {
    const isWritten = node.kind === 'scalar' && node.isPlain && node.start !== undefined;
    return isWritten && typeof valueOfScalar(node) !== 'string' ? node.text : undefined;
  }

  private of(object: Node): ReadonlyMap<string, Child> {
    return remember(this.known, object, () => {
      const fields = new Map<string, Child>();
      for (const pair of keyedChildrenOf(object)) {
        if (isMerge(pair.key)) {
          for (const merged of mergedBy(pair.value) ?? []) {
            this.of(merged).forEach((child, name) => {
              fields.set(name, child);
            });
          }
        } else {
          const name = textOfKey(pair.key);
          if (name !== undefined) {
            fields.set(name, pair);
          }
        }
      }
      return fields;
    });
  }
}
