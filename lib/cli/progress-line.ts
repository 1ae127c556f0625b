import type { Writable } from 'node:stream';

/** How long, in milliseconds, something may take before a person is told what goes on. */
const PATIENCE = 1000;

/** One line on standard error that tells what goes on; only for a person, and only when it takes a while. */
export class ProgressLine {
  private readonly start = Date.now();
  private isShown = false;

  public constructor(private readonly stream: Writable & { readonly isTTY?: boolean }) {}

  public show(text: string): void {
    if (this.stream.isTTY === true && Date.now() - this.start > PATIENCE) {
      this.isShown = true;
      this.stream.write(`\r\u001b[K${text}`);
    }
  }

  /** Takes the line away again. */
  public clear(): void {
    if (this.isShown) {
      this.stream.write('\r\u001b[K');
    }
  }
}
