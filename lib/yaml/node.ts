/** A node of a document: what is written there, and where. */
export interface Node {
  readonly kind: 'scalar' | 'alias' | 'list' | 'object';
  /** Where it begins, its tag and its anchor included; `undefined` where nothing is written. */
  readonly start: number | undefined;
  /** Where a scalar or an alias ends; of anything else, where it begins. */
  readonly end: number;
  /** What a scalar says; the name of an alias. */
  readonly text: string;
  /** Of a scalar: whether it has no quotes, so that its text may mean a number, a boolean or nothing. */
  readonly isPlain: boolean;
  /** Such as `tag:yaml.org,2002:int`. */
  readonly tag: string | undefined;
  /** Whether it has an anchor, so that aliases can stand for it. */
  readonly isNamed: boolean;
  /** Entries of a list; of an object, keys and values in turn. */
  readonly children: readonly Node[];
  /** What an alias stands for. */
  readonly target: Node | undefined;
}

/** A field of an object, or an entry of a list, for which both are the same node. */
export interface Child<N = Node> {
  readonly key: N;
  readonly value: N;
}

/** The keys and values of an object. */
export function* pairsOf({ children }: Node): Generator<Child> {
  for (let i = 0; i + 1 < children.length; i += 2) {
    yield { key: children[i] as Node, value: children[i + 1] as Node };
  }
}

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** Whether a key stands for the fields of other objects, and for none of its own. */
export function isMerge({ kind, text, isPlain, tag }: Node): boolean {
  return (
    kind === 'scalar' && text === '<<' && ((isPlain && tag === undefined) || tag === '!' || tag === MERGE_TAG)
  );
}

/** The objects that a merge takes, the one that counts most at last; `undefined` where it may take none of them. */
export function mergedBy(value: Node): readonly Node[] | undefined {
  // A list in place of its alias would be one.
  const sources = value.kind === 'list' ? [...value.children].reverse() : [value];
  const objects = sources.map((source) => source.target ?? source);
  return objects.every(({ kind }) => kind === 'object') ? objects : undefined;
}
