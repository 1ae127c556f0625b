import { scanBlock } from './block-scanner';
import { isBlank, isBlankOrEnd, isBreak } from './characters';
import { Cursor } from './cursor';
import { scanName, scanTag } from './property-scanner';
import { isDocumentIndicator, scanPlain, scanQuoted } from './scalar-scanner';
import { type Token, type TokenType, token } from './tokens';

/** Something that is a key if a colon follows it in its line. One object for each level of brackets is reused. */
class PossibleKey {
  public isPossible = false;
  /** Whether it must be a key. */
  public isRequired = false;
  /** Whether its token is held back until it is known whether a colon follows. */
  public isAwaited = false;
  /** The number of its first token. */
  public token = -1;
  public position = 0;
  public index = 0;
  public lineStart = 0;
  public column = 0;

  /** @param bracket the number of the opening bracket's token, until something inside is a possible key; else -1 */
  public constructor(public bracket: number) {}
}

/** The largest distance between the start of a key without `?` and its colon. */
const MAX_KEY_LENGTH = 1024;

/**
 * The tokens of a document. It follows scannerc.go of go.yaml.in/yaml v2.4.3, which kubectl uses, step by step. It reads no
 * further ahead than that does, because the parser stops at the end of a document and ignores the rest.
 */
export class Scanner {
  private readonly cursor: Cursor;
  private readonly indents: number[] = [];
  private readonly keys: PossibleKey[] = [new PossibleKey(-1)];
  private queue: Token[] = [];
  private head = 0;
  private taken = 0;
  /** The next token, once it is known whether it begins a key. */
  private next: Token | undefined;

  /** @param text of one document; like kubectl, the scanner adds a missing line break at the end */
  public constructor(text: string, isJson: boolean) {
    this.cursor = new Cursor(text.endsWith('\n') ? `${text}\0` : `${text}\n\0`, isJson);
  }

  public peek(): Token {
    if (this.next === undefined) {
      while (this.head === this.queue.length || this.mayBecomeKey()) {
        this.fetch();
      }
      this.next = this.queue[this.head] as Token;
    }
    return this.next;
  }

  public take(): Token {
    const next = this.peek();
    this.next = undefined;
    this.taken++;
    if (++this.head === this.queue.length && this.head > 64) {
      this.queue = [];
      this.head = 0;
    }
    return next;
  }

  /** Whether the next token may turn out to begin a key. */
  private mayBecomeKey(): boolean {
    for (let level = this.keys.length - 1; level >= 0; level--) {
      const key = this.keys[level] as PossibleKey;
      if (key.token === this.taken && key.isPossible && key.isAwaited) {
        return this.isStillPossible(key);
      }
    }
    return false;
  }

  /** The possible key of the innermost brackets, or of the block. */
  private get key(): PossibleKey {
    return this.keys[this.keys.length - 1] as PossibleKey;
  }

  private isStillPossible(key: PossibleKey): boolean {
    if (
      key.isPossible &&
      (key.lineStart < this.cursor.lineStart || this.cursor.index > key.index + MAX_KEY_LENGTH)
    ) {
      this.forgetKey(key);
    }
    return key.isPossible;
  }

  private forgetKey(key = this.key): void {
    if (key.isPossible && key.isRequired) {
      this.cursor.fail("could not find expected ':'", key.position);
    }
    key.isPossible = false;
  }

  private noteKey(): void {
    const { cursor, key } = this;
    if (!cursor.isKeyAllowed) {
      return;
    }
    this.forgetKey(key);
    key.isPossible = true;
    key.isAwaited = true;
    key.token = this.count;
    key.position = cursor.position;
    key.index = cursor.index;
    key.lineStart = cursor.lineStart;
    key.column = cursor.column;
    key.isRequired = cursor.flowLevel === 0 && cursor.indent === key.column;
    key.bracket = -1;
  }

  /** The number of the token that is added next. */
  private get count(): number {
    return this.taken + this.queue.length - this.head;
  }

  private add(added: Token, number = this.count): void {
    const { queue, head, taken } = this;
    queue.push(added);
    // If the token that it belongs before was already taken, it stays at the end.
    if (number >= taken) {
      for (let at = queue.length - 1; at > head + number - taken; at--) {
        queue[at] = queue[at - 1] as Token;
        queue[at - 1] = added;
      }
    }
  }

  /** Adds a token of `length` characters at the position. */
  private addHere(type: TokenType, length = 1): void {
    const { position } = this.cursor;
    this.cursor.position += length;
    this.add(token(type, position, position + length));
  }

  /** Begins a block if it is indented more than the one around it. */
  private roll(column: number, type: TokenType, start: number, number = this.count): void {
    const { cursor } = this;
    if (cursor.flowLevel === 0 && cursor.indent < column) {
      this.indents.push(cursor.indent);
      cursor.indent = column;
      this.add(token(type, start, start), number);
    }
  }

  /** Ends the blocks that are indented more than a column. */
  private unroll(column: number): void {
    const { cursor } = this;
    while (cursor.flowLevel === 0 && cursor.indent > column) {
      cursor.indent = this.indents.pop() as number;
      this.addHere('block-end', 0);
    }
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      let code = cursor.code();
      while (code === 0x20 || (code === 0x09 && (cursor.flowLevel > 0 || !cursor.isKeyAllowed))) {
        cursor.position++;
        code = cursor.code();
      }
      if (code === 0x23) {
        cursor.skipToBreak();
        code = cursor.code();
      }
      if (!isBreak(code)) {
        return;
      }
      cursor.skipBreak();
      cursor.isKeyAllowed ||= cursor.flowLevel === 0;
    }
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.unroll(cursor.column);
    const code = cursor.code();
    if (code === 0) {
      this.endBlocks();
      this.addHere('stream-end', 0);
    } else if (code === 0x25 && cursor.position === cursor.lineStart) {
      this.endBlocks();
      this.fetchDirective();
    } else if (isDocumentIndicator(cursor)) {
      this.endBlocks();
      this.addHere(code === 0x2d ? 'document-start' : 'document-end', 3);
    } else if (!this.fetchIndicator(code)) {
      this.fetchScalar(code);
    }
  }

  private endBlocks(): void {
    this.unroll(-1);
    this.forgetKey();
    this.cursor.isKeyAllowed = false;
  }

  private fetchDirective(): void {
    const { cursor } = this;
    const start = cursor.position;
    cursor.skipToBreak();
    // The parser refuses directives at the beginning, so these are not checked.
    if (this.count > 0 && !DIRECTIVE.test(cursor.text.slice(start, cursor.position))) {
      cursor.fail('found unknown directive', start);
    }
    this.add(token('directive', start, cursor.position));
  }

  private fetchIndicator(code: number): boolean {
    const { cursor } = this;
    const isAlone = () => isBlankOrEnd(cursor.code(1));
    switch (code) {
      case 0x5b: // [
        return this.openFlow('flow-list');
      case 0x7b: // {
        return this.openFlow('flow-object');
      case 0x5d: // ]
        return this.closeFlow('flow-list-end');
      case 0x7d: // }
        return this.closeFlow('flow-object-end');
      case 0x2c: // ,
        this.forgetKey();
        cursor.isKeyAllowed = true;
        this.addHere('flow-entry');
        return true;
      case 0x2d: // -
        return isAlone() && this.fetchEntry();
      case 0x3f: // ?
        return (cursor.flowLevel > 0 || isAlone()) && this.fetchKey();
      case 0x3a: // :
        return (cursor.flowLevel > 0 || isAlone()) && this.fetchValue();
      case 0x2a: // *
        this.begin();
        this.add(scanName(cursor, 'alias'));
        return true;
      case 0x26: // &
        this.begin();
        this.add(scanName(cursor, 'anchor'));
        return true;
      case 0x21: // !
        this.begin();
        this.add(scanTag(cursor));
        return true;
      default:
        return false;
    }
  }

  private fetchScalar(code: number): void {
    const { cursor } = this;
    if (code === 0x22 || code === 0x27) {
      this.begin();
      this.add(scanQuoted(cursor, code));
    } else if ((code === 0x7c || code === 0x3e) && cursor.flowLevel === 0) {
      this.forgetKey();
      cursor.isKeyAllowed = true;
      this.add(scanBlock(cursor));
    } else if (this.canBeginPlain(code)) {
      this.begin();
      this.add(scanPlain(cursor));
    } else {
      cursor.fail('found character that cannot start any token');
    }
  }

  private canBeginPlain(code: number): boolean {
    const { cursor } = this;
    switch (code) {
      case 0x2d: // -
        return !isBlank(cursor.code(1));
      case 0x3f: // ?
      case 0x3a: // :
        return cursor.flowLevel === 0 && !isBlankOrEnd(cursor.code(1));
      default:
        return code > 0x7f || (code > 0x20 && !RESERVED[code]);
    }
  }

  /** Begins something that may be a key; directly after it no key may begin. */
  private begin(): void {
    this.noteKey();
    this.cursor.isKeyAllowed = false;
  }

  private openFlow(type: TokenType): true {
    const { cursor } = this;
    this.noteKey();
    cursor.flowLevel++;
    this.keys.push(new PossibleKey(this.count));
    cursor.isKeyAllowed = true;
    this.addHere(type);
    return true;
  }

  private closeFlow(type: TokenType): true {
    const { cursor } = this;
    this.forgetKey();
    if (cursor.flowLevel > 0) {
      cursor.flowLevel--;
      const { bracket } = this.keys.pop() as PossibleKey;
      if (bracket >= 0 && this.key.token === bracket) {
        // Brackets without a possible key inside are handed on at once; this copies a flaw of kubectl's scanner.
        this.key.isAwaited = false;
      }
    }
    cursor.isKeyAllowed = false;
    this.addHere(type);
    return true;
  }

  private fetchEntry(): true {
    const { cursor } = this;
    if (cursor.flowLevel === 0) {
      this.expectKeyAllowed('block sequence entries');
      this.roll(cursor.column, 'block-list', cursor.position);
    }
    this.forgetKey();
    cursor.isKeyAllowed = true;
    this.addHere('block-entry');
    return true;
  }

  private fetchKey(): true {
    const { cursor } = this;
    if (cursor.flowLevel === 0) {
      this.expectKeyAllowed('mapping keys');
      this.roll(cursor.column, 'block-object', cursor.position);
    }
    this.forgetKey();
    cursor.isKeyAllowed = cursor.flowLevel === 0;
    this.addHere('key');
    return true;
  }

  private fetchValue(): true {
    const { cursor, key } = this;
    if (this.isStillPossible(key)) {
      this.add(token('key', key.position, key.position), key.token);
      this.roll(key.column, 'block-object', key.position, key.token);
      key.isPossible = false;
      cursor.isKeyAllowed = false;
    } else {
      if (cursor.flowLevel === 0) {
        this.expectKeyAllowed('mapping values');
        this.roll(cursor.column, 'block-object', cursor.position);
      }
      cursor.isKeyAllowed = cursor.flowLevel === 0;
    }
    this.addHere('value');
    return true;
  }

  private expectKeyAllowed(what: string): void {
    if (!this.cursor.isKeyAllowed) {
      this.cursor.fail(`${what} are not allowed in this context`);
    }
  }
}

/** The ASCII characters that cannot begin a scalar. */
const RESERVED: readonly boolean[] = Array.from({ length: 0x80 }, (_, code) =>
  ',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code)),
);

const DIRECTIVE =
  /^%(?:YAML[ \t]+[0-9]{1,9}\.[0-9]{1,9}|TAG[ \t]+!(?:[0-9A-Za-z_-]*!)?[ \t]+[0-9A-Za-z_;/?:@&=+$,.!~*'()[\]%-]+)(?:[ \t]*|[ \t]*#.*)$/;
