import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Intent, isBy, NO_INTENT, type ProgramIntent } from '../model/finding';
import { MAX_FILE_BYTES } from '../model/limits';
import type { ManifestProblem } from '../model/manifest-problem';
import type { Problem } from '../model/problem';
import { EARLY_SIDE_FILE, INTENT, SIDE_FILE } from '../model/side-file';
import type { ProgramReference, RuleLines, SourcePosition } from '../model/source-position';
import { Authors, hasDigests } from './authors';
import { aboutFile, fileTooLarge, unreadableFile } from './file-problems';
import { readSideFile } from './read-side-file';

/** The side files of all inputs, and the intent of apps in memory. */
export class SideFiles {
  /** Side files that cannot be used. The manifests beside them are read nevertheless. */
  public readonly problems: ManifestProblem[] = [];
  /** Side files of which only a part counts. */
  public readonly remarks: ManifestProblem[] = [];
  private firstMissing: string | undefined;
  private readonly folders = new Map<string, Authors | undefined>();
  private readonly programs = new Map<object, ProgramReference>();
  private readonly intents: ProgramIntent[] = [];

  /** @param areRead whether side files count; apps in memory always do */
  public constructor(private readonly areRead = true) {}

  /** Who wrote the manifests of a folder; the caller applies it to the folders in it as well. */
  public in(folder: string): Authors | undefined {
    if (this.areRead && !this.folders.has(folder)) {
      this.folders.set(folder, this.open(join(folder, nameIn(folder))));
    }
    return this.folders.get(folder);
  }

  /** Notes that a file is read, which a cdk8s program may have written without a side file. */
  public note(file: string, authors: Authors | undefined): void {
    if (this.areRead && authors === undefined && file.endsWith('.k8s.yaml')) {
      this.firstMissing ??= dirname(file);
    }
  }

  /** The first folder with manifests that a cdk8s program may have written, and without a side file. */
  public get missing(): string | undefined {
    return this.firstMissing;
  }

  /**
   * Asks an app for the intent of one of its constructs, the app itself or a chart.
   *
   * @returns the program for the app's objects
   */
  public ask(root: object, scope: unknown): ProgramReference {
    const program = this.programs.get(root) ?? { name: `app ${this.programs.size + 1} in memory` };
    this.programs.set(root, program);
    const words = INTENT.of(root)?.(scope);
    if (words !== undefined) {
      const placed = <T extends { readonly source?: SourcePosition }>(each: T): T => ({
        ...each,
        source: { ...each.source, program },
      });
      this.intents.push({
        program,
        findings: words.findings,
        acknowledgements: words.acknowledgements.map(placed),
        expectations: words.expectations.map(placed),
      });
    }
    return program;
  }

  /** The intent of all programs, each part once. */
  public intent(): Intent {
    const all = [...this.intents, ...this.authors().flatMap((each) => each.intent())];
    const names = distinct(all.map(({ program }) => program));
    const programs = names.map((program): ProgramIntent => {
      const own = all.filter((each) => isBy(each, program));
      return {
        program,
        findings: distinct(own.flatMap(({ findings }) => findings)),
        acknowledgements: distinct(own.flatMap(({ acknowledgements }) => acknowledgements)),
        expectations: distinct(own.flatMap(({ expectations }) => expectations)),
      };
    });
    return { ...NO_INTENT, programs: programs.filter(isNotEmpty) };
  }

  /** The lines of rules that were added later. */
  public rules(): RuleLines {
    return new Map(this.authors().flatMap((each) => [...each.rules()]));
  }

  private authors(): Authors[] {
    return [...this.folders.values()].filter((each) => each !== undefined);
  }

  private open(path: string): Authors | undefined {
    const text = this.textOf(path);
    if (text === undefined) {
      return undefined;
    }
    const read = readSideFile(text);
    if (!('programs' in read)) {
      this.problems.push({ ...aboutFile(path, read), at: read.at });
      return undefined;
    }
    if (read.programs.some((each) => !hasDigests(each) && each.acknowledgements.length > 0)) {
      this.remarks.push(aboutFile(path, WITHOUT_DIGESTS));
    }
    return new Authors(read, path);
  }

  /** Only plain files are read: a link could lead to a secret file, and a pipe could keep the program waiting. */
  private textOf(path: string): string | undefined {
    try {
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) {
        return undefined;
      }
      if (found.size > MAX_FILE_BYTES) {
        this.problems.push(fileTooLarge(path, found.size));
        return undefined;
      }
      if (found.isFile()) {
        return readFileSync(path, 'utf8');
      }
      this.problems.push(aboutFile(path, NO_PLAIN_FILE));
    } catch (error) {
      this.problems.push(unreadableFile(path, error));
    }
    return undefined;
  }
}

/** The early name counts only if there is no file of the present name. */
function nameIn(folder: string): string {
  return [SIDE_FILE, EARLY_SIDE_FILE].find((name) => isThere(join(folder, name))) ?? SIDE_FILE;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Opening it will report why.
    return true;
  }
}

const WITHOUT_DIGESTS = {
  code: 'side-file-without-digests',
  got: 'objects without a digest',
  problem:
    'an early version of this package wrote it, without the digests that show whether manifests were changed, so nothing that it accepts counts',
  fix: 'synthesize again',
} as const satisfies Omit<Problem, 'at'>;

const NO_PLAIN_FILE = {
  code: 'side-file-invalid',
  got: 'a link, a folder or a device',
  problem: 'is not a plain file, so it is not read',
  fix: 'synthesize again, or delete it',
} as const satisfies Omit<Problem, 'at'>;

function isNotEmpty({ findings, acknowledgements, expectations }: ProgramIntent): boolean {
  return findings.length + acknowledgements.length + expectations.length > 0;
}

function distinct<T>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
