import { remember } from '../model/collections';

/** Lines and columns of offsets in a text. */
export class Lines {
  private readonly starts: number[] = [0];
  private hasAllStarts = false;

  private readonly contained = new Map<string, boolean>();
  private hasEscapes: boolean | undefined;

  public constructor(private readonly text: string) {}

  /**
   * Whether the text contains a word, or may contain it: written with escapes, or in Base64, whose tag may also have
   * escapes.
   */
  public mayContain(word: string): boolean {
    this.hasEscapes ??= /\\[xuU\r\n\x85\u2028\u2029]|binary|%[0-9A-Fa-f]{2}/.test(this.text);
    return this.hasEscapes || remember(this.contained, word, () => this.text.includes(word));
  }

  /** Line and column start at 1. */
  public placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.readTo(offset);
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }

  private readTo(offset: number): void {
    while (!this.hasAllStarts) {
      const last = this.starts.at(-1) as number;
      if (last > offset) {
        return;
      }
      const end = this.text.indexOf('\n', last);
      this.hasAllStarts = end < 0;
      if (end >= 0) {
        this.starts.push(end + 1);
      }
    }
  }
}
