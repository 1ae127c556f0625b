import { remember } from '../model/collections';
import { endOfString, measure, skipSpaces } from './json';
import type { Tree } from './locate';
import type { Child } from './node';

/**
 * A JSON document; a node is its offset. Only the parents of a field are read, so that a dump of a cluster need not be parsed
 * again to locate one field.
 */
export class JsonTree implements Tree<number> {
  private readonly children = new Map<number, ReadonlyMap<string | number, Child<number>>>();

  public constructor(private readonly text: string) {}

  public childAt(node: number, part: string | number): Child<number> | undefined {
    const isOpen = /[{[]/.test(this.text.charAt(node));
    return isOpen ? remember(this.children, node, () => this.childrenOf(node)).get(part) : undefined;
  }

  public offsetAt(node: number): number {
    return node;
  }

  public writtenAt(node: number): string | undefined {
    return /[{["]/.test(this.text.charAt(node))
      ? undefined
      : this.text.slice(node, measure(this.text, node).end);
  }

  private childrenOf(node: number): ReadonlyMap<string | number, Child<number>> {
    const { text } = this;
    const found = new Map<string | number, Child<number>>();
    const isObject = text.charAt(node) === '{';
    let at = skipSpaces(text, node + 1);
    while (!/[}\]]/.test(text.charAt(at))) {
      const key = at;
      let name: string | number = found.size;
      if (isObject) {
        const end = endOfString(text, key) + 1;
        name = JSON.parse(text.slice(key, end)) as string;
        at = skipSpaces(text, skipSpaces(text, end) + 1);
      }
      found.set(name, { key, value: at });
      at = skipSpaces(text, measure(text, at).end);
      if (text.charAt(at) === ',') {
        at = skipSpaces(text, at + 1);
      }
    }
    return found;
  }
}
