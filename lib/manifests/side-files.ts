import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleLines } from '../model/cluster';
import type { Intent } from '../model/finding';
import type { ManifestProblem } from '../model/manifest-problem';
import { INTENT, SIDE_FILE } from '../model/side-file';
import { Authors } from './authors';
import { aboutFile, unreadableFile } from './file-problems';
import { readSideFile } from './read-side-file';

/** What is known of the authors of all sources of one reading. */
export class SideFiles {
  /** Files that cannot be used. The manifests beside them can, so nothing in the cluster is unreadable by them. */
  public readonly problems: ManifestProblem[] = [];
  private readonly folders = new Map<string, Authors | undefined>();
  private readonly said: Intent[] = [];

  /** Who wrote the manifests of a folder; what stands there counts for the folders in it as well. */
  public in(folder: string): Authors | undefined {
    if (!this.folders.has(folder)) {
      this.folders.set(folder, this.open(join(folder, SIDE_FILE)));
    }
    return this.folders.get(folder);
  }

  /** Asks an app for the intent at and under one of its constructs, itself or a chart. */
  public ask(root: unknown, scope: unknown): void {
    const intentOf = INTENT.of(root as object);
    if (intentOf !== undefined) {
      this.said.push(intentOf(scope));
    }
  }

  /** Everything that the authors say, each thing once. */
  public intent(): Intent {
    const all = [...this.said, ...this.authors().flatMap((each) => each.intent())];
    return {
      findings: distinct(all.flatMap(({ findings }) => findings)),
      acknowledgements: distinct(all.flatMap(({ acknowledgements }) => acknowledgements)),
      expectations: distinct(all.flatMap(({ expectations }) => expectations)),
    };
  }

  /** The lines of rules that were added by themselves. */
  public rules(): RuleLines {
    return new Map(this.authors().flatMap((each) => [...each.rules()]));
  }

  private authors(): Authors[] {
    return [...this.folders.values()].filter((each) => each !== undefined);
  }

  private open(path: string): Authors | undefined {
    if (!existsSync(path)) {
      return undefined;
    }
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      this.problems.push(unreadableFile(path, error));
      return undefined;
    }
    const read = readSideFile(text);
    if ('programs' in read) {
      return new Authors(read);
    }
    this.problems.push({ ...aboutFile(path, read), at: read.at });
    return undefined;
  }
}

function distinct<T>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
