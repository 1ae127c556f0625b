import { isBlank, isBreakOrEnd } from './characters';
import { UnreadableDocument } from './unreadable';

/** Where scanning has come to in the text of a document. */
export class Cursor {
  public position = 0;
  /** Where the line begins. */
  public lineStart = 0;
  /** The column of the block around; -1 outside of all. */
  public indent = -1;
  /** How many brackets are open. */
  public flowLevel = 0;
  /** Whether a key without `?` may begin here. */
  public isKeyAllowed = true;
  private readonly hasPairs: boolean;
  /** How many characters before a place have two halves, and up to where they are counted. */
  private pairs = 0;
  private counted = 0;
  private lineIndex = 0;

  /** @param text with a line break and a NUL at its end */
  public constructor(
    public readonly text: string,
    public readonly isJson: boolean,
  ) {
    this.hasPairs = /[\ud800-\udbff]/.test(text);
  }

  /** The character that is `ahead` of the position; NUL at the end. */
  public code(ahead = 0): number {
    return this.text.charCodeAt(this.position + ahead);
  }

  /** How many characters stand before the position, and not how many halves of them. */
  public get index(): number {
    for (; this.hasPairs && this.counted < this.position; this.counted++) {
      this.pairs += (this.text.charCodeAt(this.counted) & 0xfc00) === 0xd800 ? 1 : 0;
    }
    return this.position - this.pairs;
  }

  /** How many of them stand in the line. */
  public get column(): number {
    return this.index - this.lineIndex;
  }

  /** Goes over one line break, and returns what it means in a text. */
  public skipBreak(): string {
    const code = this.code();
    this.position += code === 0x0d ? this.lengthOfReturn() : 1;
    this.lineStart = this.position;
    this.lineIndex = this.index;
    return code > 0x2027 ? String.fromCharCode(code) : '\n';
  }

  /** Of what ends a line as on Windows kubectl takes a return away, and leaves one that stands before it. */
  private lengthOfReturn(): number {
    return this.code(1) === 0x0a ? 2 : this.text.startsWith('\r\n', this.position + 1) ? 3 : 1;
  }

  /** Goes over spaces, tabs and a comment. */
  public skipBlanksAndComment(): void {
    while (isBlank(this.code())) {
      this.position++;
    }
    if (this.code() === 0x23) {
      this.skipToBreak();
    }
  }

  /** Goes to the end of the line. */
  public skipToBreak(): void {
    while (!isBreakOrEnd(this.code())) {
      this.position++;
    }
  }

  public fail(reason: string, at = this.position): never {
    throw new UnreadableDocument(at, reason);
  }
}
