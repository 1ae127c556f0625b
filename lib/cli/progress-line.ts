import type { Screen } from './terminal';

/** How long, in milliseconds, something may take before a person is told what goes on. */
const PATIENCE = 1000;

/** One line on standard error that tells what goes on; only for a person, and only when it takes a while. */
export class ProgressLine {
  private readonly start = Date.now();
  private text = '';
  private isShown = false;

  public constructor(private readonly stream: Screen) {
    if (stream.isTTY === true) {
      // A cluster that does not answer says nothing that could be shown in time; and nobody waits for a line.
      setTimeout(() => this.draw(), PATIENCE).unref();
    }
  }

  public show(text: string): void {
    this.text = text;
    if (Date.now() - this.start > PATIENCE) {
      this.draw();
    }
  }

  /** Takes the line away again. */
  public clear(): void {
    this.text = '';
    if (this.isShown) {
      this.stream.write('\r\u001b[K');
    }
  }

  private draw(): void {
    if (this.stream.isTTY === true && this.text !== '') {
      this.isShown = true;
      // What runs over into the next row could not be taken away again.
      this.stream.write(`\r\u001b[K${this.text.slice(0, (this.stream.columns || Infinity) - 1)}`);
    }
  }
}

/**
 * Tells how much of some work is done, from its beginning to its end.
 *
 * @param work is given what to call when so many more are done
 */
export async function counting<T>(
  stream: Screen,
  textOf: (done: number) => string,
  work: (more: (count: number) => void) => Promise<T>,
): Promise<T> {
  const line = new ProgressLine(stream);
  let done = 0;
  line.show(textOf(done));
  try {
    return await work((count) => {
      done += count;
      line.show(textOf(done));
    });
  } finally {
    line.clear();
  }
}
