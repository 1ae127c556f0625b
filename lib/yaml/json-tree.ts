import { remember } from '../model/remember';
import { endOfString } from './json';
import type { Tree } from './locate';
import type { Child } from './node';

/**
 * What stands where in a text that is known to be JSON. A node is its offset. Only what lies on the way to a field is
 * looked at, so that a dump of a cluster need not be parsed once more for one place in it.
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
    return /[{["]/.test(this.text.charAt(node)) ? undefined : this.text.slice(node, this.endOf(node));
  }

  private childrenOf(node: number): ReadonlyMap<string | number, Child<number>> {
    const found = new Map<string | number, Child<number>>();
    const isObject = this.text.charAt(node) === '{';
    let at = this.behindBlanks(node + 1);
    while (!isEnd(this.text.charCodeAt(at))) {
      const key = at;
      let name: string | number = found.size;
      if (isObject) {
        const end = endOfString(this.text, key) + 1;
        name = JSON.parse(this.text.slice(key, end)) as string;
        at = this.behindBlanks(this.behindBlanks(end) + 1);
      }
      found.set(name, { key, value: at });
      at = this.behindBlanks(this.endOf(at));
      if (this.text.charAt(at) === ',') {
        at = this.behindBlanks(at + 1);
      }
    }
    return found;
  }

  /** Where a value ends: behind it. */
  private endOf(start: number): number {
    const first = this.text.charAt(start);
    if (first === '"') {
      return endOfString(this.text, start) + 1;
    }
    return first === '{' || first === '[' ? this.endOfNode(start) : this.endOfScalar(start);
  }

  private endOfNode(start: number): number {
    let depth = 0;
    for (let i = start; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 0x22) {
        i = endOfString(this.text, i);
      } else if (code === 0x7b || code === 0x5b) {
        depth++;
      } else if (isEnd(code)) {
        depth--;
        if (depth === 0) {
          return i + 1;
        }
      }
    }
    return this.text.length;
  }

  private endOfScalar(start: number): number {
    let end = start;
    while (end < this.text.length && !/[\s,\]}]/.test(this.text.charAt(end))) {
      end++;
    }
    return end;
  }

  private behindBlanks(start: number): number {
    let at = start;
    while (this.text.charCodeAt(at) <= 0x20) {
      at++;
    }
    return at;
  }
}

function isEnd(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
