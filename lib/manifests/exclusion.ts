import { relative, sep } from 'node:path';
import type { Ignore } from 'ignore';
import { isInside } from './files';

/** What is left out of folders without a word: no repository keeps its manifests there. */
const NEVER_READ: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Whether what has this name holds nothing that anybody would read. */
export function isNeverRead(name: string): boolean {
  return NEVER_READ.has(name);
}

/** Which files and folders are not read because somebody said so, by the rules of `.gitignore`. */
export class Exclusion {
  private readonly rules: Ignore | undefined;

  public constructor(patterns: readonly string[] = []) {
    if (patterns.length > 0) {
      // Loaded here, because most runs leave nothing out.
      const ignore = require('ignore') as typeof import('ignore');
      this.rules = ignore().add([...patterns]);
    }
  }

  /**
   * A pattern may be meant from the folder that was named, or from where the program runs, as a shell completes it.
   *
   * @param root the folder that was named, or in which that stands which was
   */
  public covers(path: string, isFolder: boolean, root: string): boolean {
    const { rules } = this;
    return (
      rules !== undefined &&
      [root, '.'].some((start) => {
        const way = relative(start, path).split(sep).join('/');
        return way !== '' && isInside(start, path) && rules.ignores(isFolder ? `${way}/` : way);
      })
    );
  }
}
