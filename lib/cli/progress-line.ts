import type { Screen } from './terminal';

/** How long, in milliseconds, something may take before a person is told what goes on. */
const PATIENCE = 1000;

/** One line on standard error that tells what goes on; only for a person, and only when it takes a while. */
export class ProgressLine {
  private readonly start = Date.now();
  private isShown = false;

  public constructor(private readonly stream: Screen) {}

  public show(text: string): void {
    if (this.stream.isTTY === true && Date.now() - this.start > PATIENCE) {
      this.isShown = true;
      // What runs over into the next row could not be taken away again.
      this.stream.write(`\r\u001b[K${text.slice(0, (this.stream.columns || Infinity) - 1)}`);
    }
  }

  /** Takes the line away again. */
  public clear(): void {
    if (this.isShown) {
      this.stream.write('\r\u001b[K');
    }
  }
}
