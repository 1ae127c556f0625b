import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeed } from './run';

/** The oldest Go that builds what is needed; a later one fetches a newer toolchain where that is asked for. */
const GO_MINIMUM = '1.21';

/**
 * Fails with what to install where Go is missing.
 *
 * @param why why it is needed, as the beginning of the sentence
 */
export function needGo(why: string): void {
  if (run('go', ['version']).status === 127) {
    throw new Error(
      `${why}, and Go is not installed: install Go ${GO_MINIMUM} or later (https://go.dev/doc/install) and have go in the PATH.`,
    );
  }
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
