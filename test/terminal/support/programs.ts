import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { run } from '../../tools/run';

export const ROOT = resolve(__dirname, '../../..');

/** The compiled command line. */
export const MAIN = join(ROOT, 'build/cli/main.js');

/** The Debian package that has a program. */
const PACKAGES = { bash: 'bash', zsh: 'zsh', fish: 'fish', script: 'bsdutils' } as const;

/** Fails where a program is missing, and says what to do: a test that is not run proves nothing. */
export function need(...programs: readonly (keyof typeof PACKAGES)[]): void {
  const missing = programs.filter((program) => run('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing.length > 0) {
    const packages = missing.map((program) => PACKAGES[program]).join(' ');
    throw new Error(`npm run test:terminal needs ${missing.join(', ')}: apt-get install ${packages}`);
  }
}

const folders = mkdtempSync(join(tmpdir(), 'terminal-'));
afterAll(() => rmSync(folders, { recursive: true }));

/** A new folder for the files of a test, gone with the last one of its file. */
export function newFolder(): string {
  return mkdtempSync(join(folders, 'at-'));
}

/** Puts a shell script where programs are looked for. */
export function writeProgram(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

/** The environment of somebody with programs of their own, and nobody's settings. */
export function environment(home: string, programs: string): NodeJS.ProcessEnv {
  return {
    PATH: `${programs}${delimiter}${process.env.PATH}`,
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TERM: 'xterm-256color',
    SHELL: '/bin/sh',
  };
}
