import { harmless, inOneLine } from '../model/harmless';
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
    this.text = harmless(inOneLine(text));
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
 * Tells what goes on while some work is done.
 *
 * @param work is given what to call when there is something else to tell
 */
export async function showing<T>(
  stream: Screen,
  text: string,
  work: (show: (text: string) => void) => Promise<T>,
): Promise<T> {
  const line = new ProgressLine(stream);
  line.show(text);
  try {
    return await work((next) => line.show(next));
  } finally {
    line.clear();
  }
}

/**
 * Tells how much of some work is done.
 *
 * @param work is given what to call when so many more are done
 */
export function counting<T>(
  stream: Screen,
  textOf: (done: number) => string,
  work: (more: (count: number) => void) => Promise<T>,
): Promise<T> {
  let done = 0;
  return showing(stream, textOf(done), (show) =>
    work((count) => {
      done += count;
      show(textOf(done));
    }),
  );
}
