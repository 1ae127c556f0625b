import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeed } from './run';

/** The oldest Go that builds what is needed; a later one fetches a newer toolchain where that is asked for. */
const GO_MINIMUM = '1.21';

/**
 * The version of Go that is installed; fails with what to install where it is missing or too old.
 *
 * @param why why it is needed, as the beginning of the sentence
 */
export function needGo(why: string, minimum = GO_MINIMUM): string {
  const found = run('go', ['env', 'GOVERSION']);
  const version = found.status === 0 ? found.stdout.trim() : undefined;
  if (version === undefined || isOlder(version, minimum)) {
    throw new Error(
      `${why}, and Go ${version === undefined ? 'is not installed' : `is ${version}`}: install Go ${minimum} or later (https://go.dev/doc/install) and have go in the PATH.`,
    );
  }
  return version;
}

/** Whether `go1.25.3` is older than `1.26`. */
function isOlder(version: string, minimum: string): boolean {
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(version)?.[0] ?? '').split('.').map(Number);
  const [majorWanted = 0, minorWanted = 0] = minimum.split('.').map(Number);
  return major < majorWanted || (major === majorWanted && minor < minorWanted);
}

/** A short word that changes with the files, the version of Go, or how they are built. */
export function fingerprint(folder: string, files: readonly string[], ...more: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(readFileSync(join(folder, file)));
  }
  for (const word of more) {
    hash.update(word);
  }
  return hash.digest('hex').slice(0, 12);
}

/** A module of the Go module proxy with its checksum verified: the folder of its sources, read only. */
export function moduleSources(module: string, version: string): string {
  const answer = succeed('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: '/' });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/**
 * Builds the program at the top of a module after some of its files were changed.
 *
 * @param leaveOut entries at the top of the module that the program does not need
 * @param cut changes the copy, which has no tests
 */
export function buildProgram(options: {
  readonly sources: string;
  readonly workshop: string;
  readonly leaveOut?: readonly string[];
  readonly cut: (copy: string) => void;
  readonly linkerFlags?: readonly string[];
  readonly output: string;
}): void {
  const { sources, workshop, leaveOut = [], cut, linkerFlags = [], output } = options;
  rmSync(workshop, { recursive: true, force: true });
  try {
    const left = leaveOut.map((entry) => join(sources, entry));
    cpSync(sources, workshop, {
      recursive: true,
      filter: (file) => !file.endsWith('_test.go') && !left.includes(file),
    });
    makeWritable(workshop);
    cut(workshop);
    succeed(
      'go',
      [
        'build',
        '-mod=mod',
        '-trimpath',
        `-ldflags=${['-s -w', ...linkerFlags].join(' ')}`,
        '-o',
        output,
        '.',
      ],
      {
        cwd: workshop,
        env: { CGO_ENABLED: '0', GOWORK: 'off' },
      },
    );
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Files of the module cache are read only, and so are their copies. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      makeWritable(path);
    } else {
      chmodSync(path, 0o644);
    }
  }
}
