import { isBlank, isBreakOrEnd } from './characters';
import { UnreadableDocument } from './unreadable';

/** The position of the scanner in the text of a document. */
export class Cursor {
  public position = 0;
  public lineStart = 0;
  /** The column of the block around it; -1 outside all blocks. */
  public indent = -1;
  public flowLevel = 0;
  /** Whether a key without `?` may begin here. */
  public isKeyAllowed = true;
  private readonly hasPairs: boolean;
  /** The number of surrogate pairs before position `counted`. */
  private pairs = 0;
  private counted = 0;
  private lineIndex = 0;

  /** @param text with a line break and a NUL at the end */
  public constructor(
    public readonly text: string,
    public readonly isJson: boolean,
  ) {
    this.hasPairs = /[\ud800-\udbff]/.test(text);
  }

  /** The code of the character at the position or `ahead` of it; 0 at the end. */
  public code(ahead = 0): number {
    return this.text.charCodeAt(this.position + ahead);
  }

  /** The number of characters before the position; a surrogate pair counts once. */
  public get index(): number {
    for (; this.hasPairs && this.counted < this.position; this.counted++) {
      this.pairs += (this.text.charCodeAt(this.counted) & 0xfc00) === 0xd800 ? 1 : 0;
    }
    return this.position - this.pairs;
  }

  /** The number of characters before the position in its line. */
  public get column(): number {
    return this.index - this.lineIndex;
  }

  /** Skips a line break, and returns its meaning in a text. */
  public skipBreak(): string {
    const code = this.code();
    this.position += code === 0x0d ? this.lengthOfReturn() : 1;
    this.lineStart = this.position;
    this.lineIndex = this.index;
    return code > 0x2027 ? String.fromCharCode(code) : '\n';
  }

  /** kubectl removes the return of `\r\n`; of `\r\r\n` the other return then belongs to the same line break. */
  private lengthOfReturn(): number {
    return this.code(1) === 0x0a ? 2 : this.text.startsWith('\r\n', this.position + 1) ? 3 : 1;
  }

  public skipBlanksAndComment(): void {
    while (isBlank(this.code())) {
      this.position++;
    }
    if (this.code() === 0x23) {
      this.skipToBreak();
    }
  }

  public skipToBreak(): void {
    while (!isBreakOrEnd(this.code())) {
      this.position++;
    }
  }

  public fail(reason: string, at = this.position): never {
    throw new UnreadableDocument(at, reason);
  }
}
