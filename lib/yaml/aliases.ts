import { isMerge, keyedChildrenOf, type Node } from './node';

/** The number of nodes in a document with expanded aliases, and how many of them come from aliases. */
export interface ExpandedSize {
  readonly all: number;
  readonly aliased: number;
}

/**
 * Whether kubectl refuses a document because of its aliases: one contains itself, or nearly all of a long document comes
 * from aliases. The aliases are counted without expanding them.
 *
 * @returns the size, if it is too large
 * @see decode.go of go.yaml.in/yaml v2.4.3, decoder.unmarshal and allowedAliasRatio
 */
export function excessiveAliases(root: Node): ExpandedSize | undefined {
  const sizes = new Sizes();
  sizes.count(root);
  return sizes.excess;
}

/** Up to this many nodes, 99 % may come from aliases. */
const SMALL = 400_000;

/** From this many nodes on, 10 %. */
const LARGE = 4_000_000;

function allowedShare(all: number): number {
  const scale = Math.min(Math.max((all - SMALL) / (LARGE - SMALL), 0), 1);
  return 0.99 - 0.89 * scale;
}

class Sizes {
  public excess: ExpandedSize | undefined;
  /** The document itself counts as a node. */
  private all = 1;
  private aliased = 0;
  private readonly sizes = new Map<Node, number>();

  /** Counts a node and those inside it. */
  public count(node: Node): void {
    this.all++;
    if (node.target !== undefined) {
      const size = this.sizeOf(node.target);
      this.all += size;
      this.aliased += size;
      if (size === Number.POSITIVE_INFINITY || this.isTooMuch()) {
        this.excess ??= { all: this.all, aliased: this.aliased };
      }
    }
    for (const child of countedIn(node)) {
      this.count(child);
    }
  }

  private isTooMuch(): boolean {
    const { all, aliased } = this;
    return aliased > 100 && all > 1000 && aliased / all > allowedShare(all);
  }

  /** `Infinity` for a node that contains itself. */
  private sizeOf(node: Node): number {
    const known = this.sizes.get(node);
    if (known !== undefined) {
      return known;
    }
    this.sizes.set(node, Number.POSITIVE_INFINITY);
    let size = 1 + (node.target === undefined ? 0 : this.sizeOf(node.target));
    for (const child of countedIn(node)) {
      size += this.sizeOf(child);
    }
    this.sizes.set(node, size);
    return size;
  }
}

/** The nodes inside a node that are decoded. */
function* countedIn(node: Node): Generator<Node> {
  if (node.kind !== 'object') {
    yield* node.children;
    return;
  }
  for (const { key, value } of keyedChildrenOf(node)) {
    if (!isMerge(key)) {
      yield key;
      yield value;
    } else if (value.kind === 'list') {
      yield* value.children;
    } else {
      yield value;
    }
  }
}
