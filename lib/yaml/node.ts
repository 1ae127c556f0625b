export interface Node {
  readonly kind: 'scalar' | 'alias' | 'list' | 'object';
  /** Its start, including tag and anchor; `undefined` for a value that is not written. */
  readonly start: number | undefined;
  /** The end of a scalar or an alias; for other nodes, the start. */
  readonly end: number;
  /** The text of a scalar; the name of an alias. */
  readonly text: string;
  /** Whether it is a scalar without quotes, which may be a number, a boolean or null. */
  readonly isPlain: boolean;
  /** `tag:yaml.org,2002:int` */
  readonly tag: string | undefined;
  /** Whether it has an anchor, so that it may have aliases. */
  readonly isNamed: boolean;
  /** The entries of a list, or the keys and values of an object in turn. */
  readonly children: readonly Node[];
  readonly target: Node | undefined;
}

/** A field of an object, or an entry of a list, for which both are the same node. */
export interface Child<N = Node> {
  readonly key: N;
  readonly value: N;
}

export function* keyedChildrenOf({ children }: Node): Generator<Child> {
  for (let i = 0; i + 1 < children.length; i += 2) {
    yield { key: children[i] as Node, value: children[i + 1] as Node };
  }
}

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** Whether a key is `<<`, which adds the fields of other objects. */
export function isMerge({ kind, text, isPlain, tag }: Node): boolean {
  return (
    kind === 'scalar' && text === '<<' && ((isPlain && tag === undefined) || tag === '!' || tag === MERGE_TAG)
  );
}

/** The objects that a merge adds, in ascending order of precedence; `undefined` if one of them is not an object. */
export function mergedBy(value: Node): readonly Node[] | undefined {
  // As in kubectl, an alias of a list is not accepted.
  const merged = value.kind === 'list' ? [...value.children].reverse() : [value];
  const objects = merged.map((each) => each.target ?? each);
  return objects.every(({ kind }) => kind === 'object') ? objects : undefined;
}
