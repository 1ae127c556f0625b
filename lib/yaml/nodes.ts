import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { remember } from '../model/remember';
import { anchorOf, offsetOf } from './events';

/** A field of an object, or an entry of a list, for which both are the same node. */
export interface Child {
  readonly key: number;
  readonly value: number;
}

/**
 * Which nodes of a text stand in which. A node is the index of its event: that of a scalar, of an alias, or of a list, an
 * object or a document, which a POP ends. All is looked up once, however many problems ask for their place.
 */
export class Nodes {
  private children: ReadonlyMap<number, readonly number[]> | undefined;
  private readonly fields = new Map<number, ReadonlyMap<string, Child>>();

  public constructor(
    public readonly events: readonly Event[],
    public readonly text: string,
  ) {}

  public event(node: number): Event {
    return this.events[node] as Event;
  }

  /** The nodes in a list or an object: of an object, keys and values in turn. */
  public childrenOf(node: number): readonly number[] {
    this.children ??= childrenByNode(this.events);
    return this.children.get(node) ?? [];
  }

  /** The keys and values of an object. */
  public *pairsOf(node: number): Generator<Child> {
    const children = this.childrenOf(node);
    for (let i = 0; i + 1 < children.length; i += 2) {
      yield { key: children[i] as number, value: children[i + 1] as number };
    }
  }

  /** The field of an object, the last of two alike or the one of a merge, or the entry of a list. */
  public childAt(node: number, part: string | number): Child | undefined {
    const { type } = this.event(node);
    if (typeof part === 'string') {
      return type === EVENT_ID.MAPPING ? this.fieldsOf(node).get(part) : undefined;
    }
    const entry = type === EVENT_ID.SEQUENCE ? this.childrenOf(node)[part] : undefined;
    return entry === undefined ? undefined : { key: entry, value: entry };
  }

  /** Where the first key in a node stands that is a list, an object or not written at all. */
  public keyThatIsNoText(node: number): number | undefined {
    const event = this.event(node);
    for (const [i, child] of this.childrenOf(node).entries()) {
      const found =
        event.type === EVENT_ID.MAPPING && i % 2 === 0 && !this.isWritten(child)
          ? (offsetOf(this.event(child)) ?? offsetOf(event))
          : this.keyThatIsNoText(child);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  private isWritten(node: number): boolean {
    const event = this.event(node);
    return event.type === EVENT_ID.ALIAS || (event.type === EVENT_ID.SCALAR && offsetOf(event) !== undefined);
  }

  private fieldsOf(node: number): ReadonlyMap<string, Child> {
    return remember(this.fields, node, () => {
      const fields = new Map<string, Child>();
      for (const pair of this.pairsOf(node)) {
        const key = this.event(pair.key);
        if (this.isMerge(key)) {
          for (const source of this.mergedBy(pair.value)) {
            this.fieldsOf(source).forEach((child, name) => {
              fields.set(name, child);
            });
          }
        } else if (key.type === EVENT_ID.SCALAR) {
          fields.set(getScalarValue(this.text, key), pair);
        }
      }
      return fields;
    });
  }

  private isMerge(key: Event): boolean {
    return (
      key.type === EVENT_ID.SCALAR &&
      key.style === SCALAR_STYLE.PLAIN &&
      getScalarValue(this.text, key) === '<<'
    );
  }

  /** The objects that a merge takes, the one that counts most at last. */
  private mergedBy(value: number): readonly number[] {
    const isList = this.event(value).type === EVENT_ID.SEQUENCE;
    const sources = isList ? [...this.childrenOf(value)].reverse() : [value];
    return sources
      .map((source) => this.meantBy(source))
      .filter((source) => source !== undefined && this.event(source).type === EVENT_ID.MAPPING) as number[];
  }

  /** The node that an alias stands for: the last before it with that anchor. */
  private meantBy(node: number): number | undefined {
    const alias = this.event(node);
    if (alias.type !== EVENT_ID.ALIAS) {
      return node;
    }
    const name = this.text.slice(alias.anchorStart, alias.anchorEnd);
    for (let before = node - 1; before >= 0; before--) {
      const event = this.event(before);
      if ('anchorStart' in event && event.type !== EVENT_ID.ALIAS && anchorOf(event, this.text) === name) {
        return before;
      }
    }
    return undefined;
  }
}

function childrenByNode(events: readonly Event[]): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  const open: number[][] = [];
  for (const [node, { type }] of events.entries()) {
    if (type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    open.at(-1)?.push(node);
    if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) {
      const own: number[] = [];
      children.set(node, own);
      open.push(own);
    }
  }
  return children;
}
