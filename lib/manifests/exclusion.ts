import { relative, sep } from 'node:path';
import type { Ignore } from 'ignore';
import { isInside } from './files';

/** Whether a folder of this name is left out silently, because no repository keeps its manifests there. */
export function isNeverRead(name: string): boolean {
  return name === '.git' || name === 'node_modules';
}

/** The files and folders that are left out on request, by the rules of `.gitignore`. */
export class Exclusion {
  private readonly rules: Ignore | undefined;

  public constructor(patterns: readonly string[] = []) {
    if (patterns.length > 0) {
      // Loaded here because most runs leave nothing out.
      const ignore = require('ignore') as typeof import('ignore');
      this.rules = ignore().add([...patterns]);
    }
  }

  /**
   * A pattern may be relative to the folder that was named, or to the working directory, as a shell completes it.
   *
   * @param root the folder that was named, or that contains the file that was named
   */
  public covers(path: string, isFolder: boolean, root: string): boolean {
    const { rules } = this;
    return (
      rules !== undefined &&
      [root, '.'].some((start) => {
        const inner = relative(start, path).split(sep).join('/');
        return inner !== '' && isInside(start, path) && rules.ignores(isFolder ? `${inner}/` : inner);
      })
    );
  }
}
