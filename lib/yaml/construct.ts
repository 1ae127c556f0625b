import { isMerge, mergedBy, type Node } from './node';
import { textOfKey, valueOfScalar } from './scalars';
import { UnreadableDocument } from './unreadable';

/** A document's value, and whether a field in it was given anew: by a merge, or by a key that is there twice. */
export interface Constructed {
  readonly value: unknown;
  readonly hasOverwritten: boolean;
}

/**
 * What a document means. Of keys and merges of an object what comes later counts, and of a list of merged objects the first.
 *
 * @throws Unreadable
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
  /** Lists and objects, of which an alias means the same ones. */
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
    const sources = mergedBy(value);
    if (sources === undefined) {
      throw new UnreadableDocument(
        value.start ?? key.start ?? 0,
        'a merge takes an object, or a list of objects',
      );
    }
    for (const source of sources) {
      const found = this.valueOfTarget(source) as Fields;
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

/** JSON has no word for it, so nothing of the document is read. */
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
