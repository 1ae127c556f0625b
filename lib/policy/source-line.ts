import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = dirname(__dirname) + sep;
/** `at name (file:row:column)` or `at file:row:column`, the file as a path or a URL. */
const FRAME = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

type Callable = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/** Remembers where the user's code is now; formatting, the expensive part, waits until it is asked for. */
export class SourceLine {
  /** @param below the function of this package that the user called */
  public static above(below: Callable): SourceLine {
    const holder: { stack?: string } = {};
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 25;
    Error.captureStackTrace(holder, below);
    Error.stackTraceLimit = stackTraceLimit;
    return new SourceLine(holder);
  }

  private constructor(private readonly holder: { stack?: string }) {}

  /**
   * `apps/shop/main.ts:12:5`, relative to the working directory: the nearest line that is neither this
   * package nor a dependency. Undefined where the stack does not tell, as in a bundle without source maps.
   */
  public toString(): string | undefined {
    for (const line of (this.holder.stack ?? '').split('\n').slice(1)) {
      const [, place, row, column] = FRAME.exec(line) ?? [];
      const file = place?.startsWith('file:') ? fileURLToPath(place) : place;
      if (file !== undefined && !file.startsWith(PACKAGE) && !file.includes(`${sep}node_modules${sep}`)) {
        return `${relative(process.cwd(), file)}:${row}:${column}`;
      }
    }
    return undefined;
  }
}
