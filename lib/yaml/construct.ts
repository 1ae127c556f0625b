import { isMerge, mergedBy, type Node } from './node';
import { textOfKey, valueOfScalar } from './scalars';
import { UnreadableDocument } from './unreadable';

/** A document's value, and whether a field in it was overwritten: by a merge, or by a duplicate key. */
export interface Constructed {
  readonly value: unknown;
  readonly hasOverwritten: boolean;
}

/**
 * The value of a document. Of the keys and merges of an object the last counts, of a list of merged objects the first.
 *
 * @throws UnreadableDocument
 * @see decode.go of go.yaml.in/yaml v2.4.3, and yaml.go of sigs.k8s.io/yaml v1.6.0, which makes JSON of it
 */
export function construct(root: Node): Constructed {
  const reading = new Constructor();
  const value = reading.valueOf(root);
  return { value, hasOverwritten: reading.hasOverwritten };
}

type Fields = Record<string, unknown>;

class Constructor {
  public hasOverwritten = false;
  /** The values of anchored lists and objects, which their aliases share. */
  private readonly collections = new Map<Node, unknown>();

  public valueOf(node: Node): unknown {
    switch (node.kind) {
      case 'scalar':
        return valueInJson(node);
      case 'alias':
        return this.valueOfTarget(node.target as Node);
      case 'list':
        return this.kept(
          node,
          node.children.map((child) => this.valueOf(child)),
        );
      case 'object':
        return this.kept(node, this.fieldsOf(node));
    }
  }

  private valueOfTarget(target: Node): unknown {
    return this.collections.get(target) ?? this.valueOf(target);
  }

  private kept<T>(node: Node, value: T): T {
    if (node.isNamed) {
      this.collections.set(node, value);
    }
    return value;
  }

  private fieldsOf(node: Node): Fields {
    const fields: Fields = {};
    const { children } = node;
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i] as Node;
      const value = children[i + 1] as Node;
      if (isMerge(key)) {
        this.merge(fields, value, key);
      } else {
        this.set(fields, nameOf(key, node), this.valueOf(value));
      }
    }
    return fields;
  }

  private merge(fields: Fields, value: Node, key: Node): void {
    const merged = mergedBy(value);
    if (merged === undefined) {
      throw new UnreadableDocument(
        value.start ?? key.start ?? 0,
        'a merge (<<) needs an object or a list of objects',
      );
    }
    for (const object of merged) {
      const found = this.valueOfTarget(object) as Fields;
      for (const name of Object.keys(found)) {
        this.set(fields, name, found[name]);
      }
    }
  }

  private set(fields: Fields, name: string, value: unknown): void {
    if (Object.hasOwn(fields, name)) {
      this.hasOverwritten = true;
    }
    if (name === '__proto__') {
      Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
    } else {
      fields[name] = value;
    }
  }
}

/** A document with a number that JSON cannot represent is unreadable. */
function valueInJson(node: Node): unknown {
  const value = valueOfScalar(node);
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UnreadableDocument(node.start ?? 0, 'JSON has no such number');
  }
  return value;
}

function nameOf(key: Node, object: Node): string {
  const name = textOfKey(key);
  if (name === undefined) {
    throw new UnreadableDocument(key.start ?? object.start ?? 0, 'a key must be text', 'key-not-text');
  }
  return name;
}
