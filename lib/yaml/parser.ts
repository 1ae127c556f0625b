import type { Node } from './node';
import { Scanner } from './scanner';
import type { Token, TokenType } from './tokens';
import { UnreadableDocument } from './unreadable';

/**
 * The deepest nesting that is read: `{}` has one level, `{a: 1}` two. Kubernetes objects have about thirty. The limit lets
 * code recurse into values without exhausting the stack.
 */
export const MAX_DEPTH = 100;

export interface Parsed {
  /** `undefined` if the text contains only comments. */
  readonly root: Node | undefined;
  /** The offset of text after the end of the document, which is not read. */
  readonly rest: number | undefined;
  readonly hasAliases: boolean;
}

/**
 * Parses the text of one document into nodes. It follows parserc.go of go.yaml.in/yaml v2.4.3, which kubectl uses, in what
 * it accepts, refuses and ignores.
 *
 * @param isJson whether the text is JSON, which has more escapes than YAML
 * @throws UnreadableDocument
 */
export function parse(text: string, isJson = false): Parsed {
  return new Parser(text, isJson).document();
}

class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, Node>();
  private depth = 0;
  private hasAliases = false;

  public constructor(
    private readonly text: string,
    isJson: boolean,
  ) {
    this.scanner = new Scanner(text, isJson);
  }

  public document(): Parsed {
    const { type, start } = this.scanner.peek();
    if (type === 'stream-end') {
      return { root: undefined, rest: undefined, hasAliases: false };
    }
    if (type === 'directive') {
      throw new UnreadableDocument(start, 'a directive', 'directive-refused');
    }
    if (type === 'document-start') {
      this.scanner.take();
    }
    const root = type === 'document-start' && this.isAtEnd() ? undefined : this.node(true, false);
    return { root, rest: restAfter(this.text, this.scanner.peek()), hasAliases: this.hasAliases };
  }

  private isAtEnd(): boolean {
    const { type } = this.scanner.peek();
    return type === 'directive' || type.startsWith('document-') || type === 'stream-end';
  }

  private isNext(type: TokenType): boolean {
    return this.scanner.peek().type === type;
  }

  private expect(type: TokenType, otherwise: string): void {
    const next = this.scanner.peek();
    if (next.type !== type) {
      throw new UnreadableDocument(next.start, otherwise);
    }
    this.scanner.take();
  }

  /**
   * @param isBlock whether lists and objects without brackets are allowed
   * @param mayBeIndentless whether the entries of a list may be in the same column as its key
   */
  private node(isBlock: boolean, mayBeIndentless: boolean): Node {
    const next = this.scanner.peek();
    switch (next.type) {
      case 'alias':
        return this.alias();
      case 'anchor':
      case 'tag':
        return this.nodeWithProperties(next, isBlock, mayBeIndentless);
      default:
        return (
          this.content(isBlock, mayBeIndentless, next.start) ??
          fail(next, 'did not find expected node content')
        );
    }
  }

  private nodeWithProperties(first: Token, isBlock: boolean, mayBeIndentless: boolean): Node {
    const { type, start } = first;
    const own = this.scanner.take().value;
    const other = this.isNext(type === 'anchor' ? 'tag' : 'anchor') ? this.scanner.take().value : undefined;
    const [anchor, tag] = type === 'anchor' ? [own, other] : [other, own];
    if (tag === '') {
      return fail(first, 'found undefined tag handle');
    }
    return (
      this.content(isBlock, mayBeIndentless, start, tag, anchor) ??
      this.named(anchor, scalar(start, start, '', true, tag))
    );
  }

  /** The node after its anchor and tag; `undefined` if there is none. */
  private content(
    isBlock: boolean,
    mayBeIndentless: boolean,
    start: number,
    tag?: string,
    anchor?: string,
  ): Node | undefined {
    const { type, end, value, isPlain } = this.scanner.peek();
    switch (type) {
      case 'scalar':
        this.scanner.take();
        return this.named(anchor, scalar(start, end, value, isPlain, tag));
      case 'flow-list':
        return this.collection('list', start, tag, anchor, type);
      case 'flow-object':
        return this.collection('object', start, tag, anchor, type);
      case 'block-entry':
        return mayBeIndentless ? this.collection('list', start, tag, anchor, type) : undefined;
      case 'block-list':
        return isBlock ? this.collection('list', start, tag, anchor, type) : undefined;
      case 'block-object':
        return isBlock ? this.collection('object', start, tag, anchor, type) : undefined;
      default:
        return undefined;
    }
  }

  private alias(): Node {
    const token = this.scanner.take();
    const { start, end, value } = token;
    const target = this.anchors.get(value) ?? fail(token, `unknown anchor "${value}" referenced`);
    this.hasAliases = true;
    return {
      kind: 'alias',
      start,
      end,
      text: value,
      isPlain: false,
      tag: undefined,
      isNamed: false,
      children: NONE,
      target,
    };
  }

  private named(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) {
      this.anchors.set(anchor, node);
    }
    return node;
  }

  /** @param type of its first token */
  private collection(
    kind: 'list' | 'object',
    start: number,
    tag: string | undefined,
    anchor: string | undefined,
    type: TokenType,
  ): Node {
    if (++this.depth > MAX_DEPTH) {
      throw new UnreadableDocument(this.scanner.peek().start, 'nesting', 'nesting-excessive');
    }
    const children: Node[] = [];
    const node: Node = {
      kind,
      start,
      end: start,
      text: '',
      isPlain: false,
      tag,
      isNamed: anchor !== undefined,
      children,
      target: undefined,
    };
    this.named(anchor, node);
    this.fill(type, children);
    this.depth--;
    return node;
  }

  private fill(type: TokenType, children: Node[]): void {
    if (type === 'flow-list') {
      this.flowList(children);
    } else if (type === 'flow-object') {
      this.flowObject(children);
    } else if (type === 'block-list') {
      this.blockList(children);
    } else if (type === 'block-object') {
      this.blockObject(children);
    } else if (type === 'block-entry') {
      this.indentlessList(children);
    } else {
      this.flowPair(children);
    }
  }

  private blockList(children: Node[]): void {
    this.scanner.take();
    while (this.isNext('block-entry')) {
      this.scanner.take();
      const { type } = this.scanner.peek();
      const isEmpty = type === 'block-entry' || type === 'block-end';
      children.push(isEmpty ? nothing() : this.node(true, false));
    }
    this.expect('block-end', "did not find expected '-' indicator");
  }

  private indentlessList(children: Node[]): void {
    while (this.isNext('block-entry')) {
      this.scanner.take();
      const isEmpty = this.isNext('block-entry') || this.isFieldNext();
      children.push(isEmpty ? nothing() : this.node(true, false));
    }
  }

  private blockObject(children: Node[]): void {
    this.scanner.take();
    while (this.isNext('key')) {
      this.scanner.take();
      children.push(this.blockField());
      if (this.isNext('value')) {
        this.scanner.take();
        children.push(this.blockField());
      } else {
        children.push(nothing());
      }
    }
    this.expect('block-end', 'did not find expected key');
  }

  private blockField(): Node {
    return this.isFieldNext() ? nothing() : this.node(true, true);
  }

  /** Whether a key, a value or the end of the block comes next. */
  private isFieldNext(): boolean {
    const { type } = this.scanner.peek();
    return type === 'key' || type === 'value' || type === 'block-end';
  }

  private flowList(children: Node[]): void {
    this.scanner.take();
    while (!this.isNext('flow-list-end')) {
      if (children.length > 0) {
        this.expect('flow-entry', "did not find expected ',' or ']'");
      }
      const { type, start } = this.scanner.peek();
      if (type === 'key') {
        children.push(this.collection('object', start, undefined, undefined, type));
      } else if (type !== 'flow-list-end') {
        children.push(this.node(false, false));
      }
    }
    this.scanner.take();
  }

  /** An entry of a list that is a single field without braces. */
  private flowPair(children: Node[]): void {
    this.scanner.take();
    if (this.isNext('value') || this.isFlowEnd('flow-list-end')) {
      // Skipping this token copies a flaw of kubectl's parser.
      this.scanner.take();
      children.push(nothing());
    } else {
      children.push(this.node(false, false));
    }
    children.push(this.flowValue('flow-list-end'));
  }

  private flowObject(children: Node[]): void {
    this.scanner.take();
    while (!this.isNext('flow-object-end')) {
      if (children.length > 0) {
        this.expect('flow-entry', "did not find expected ',' or '}'");
      }
      if (this.isNext('key')) {
        this.scanner.take();
        const isEmpty = this.isNext('value') || this.isFlowEnd('flow-object-end');
        children.push(isEmpty ? nothing() : this.node(false, false), this.flowValue('flow-object-end'));
      } else if (!this.isNext('flow-object-end')) {
        children.push(this.node(false, false), nothing());
      }
    }
    this.scanner.take();
  }

  private flowValue(end: TokenType): Node {
    if (!this.isNext('value')) {
      return nothing();
    }
    this.scanner.take();
    return this.isFlowEnd(end) ? nothing() : this.node(false, false);
  }

  private isFlowEnd(end: TokenType): boolean {
    const { type } = this.scanner.peek();
    return type === 'flow-entry' || type === end;
  }
}

function fail({ start }: Token, reason: string): never {
  throw new UnreadableDocument(start, reason);
}

function scalar(start: number | undefined, end: number, text: string, isPlain: boolean, tag?: string): Node {
  return {
    kind: 'scalar',
    start,
    end,
    text,
    isPlain,
    tag,
    isNamed: false,
    children: NONE,
    target: undefined,
  };
}

const NONE: readonly Node[] = [];

/** A missing value. */
function nothing(): Node {
  return scalar(undefined, -1, '', true);
}

/** The offset of text after the end of a document that may have been meant as another document. */
function restAfter(text: string, { type, start, end }: Token): number | undefined {
  if (type === 'stream-end') {
    return undefined;
  }
  const from = type === 'document-end' ? end : start;
  for (const { 0: line, index } of text.slice(from).matchAll(/\S.*/g)) {
    if (!/^(#|%|\.\.\.(\s|$))/.test(line)) {
      return from + index;
    }
  }
  return undefined;
}
