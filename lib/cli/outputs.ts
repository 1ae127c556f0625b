import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { defined } from '../model/defined';
import type { Harmless } from '../model/harmless';
import { LINT_FORMATS, type LintFormat } from '../render/lint-formats';
import { print, type Terminal, tell } from './terminal';
import { unwritable, writeInto } from './write-file';

const AT = '--format';

/** One way in which an answer is written. */
export interface Output {
  readonly format: LintFormat;
  /** @default standard output */
  readonly file?: string;
}

/** `--format NAME` and `--format NAME=FILE`, as often as wanted. */
export function outputOption(): Option {
  const [first] = LINT_FORMATS;
  return new Option(
    '--format <name[=file]>',
    `how the answer is written, and into which file; may be repeated (default: "${first}")`,
  )
    .choices(LINT_FORMATS)
    .argParser(addOutput);
}

/** @throws InvalidArgumentError for a name that is none, and for two answers in one place */
export function addOutput(text: string, before: readonly Output[] = []): Output[] {
  const [name = '', ...rest] = text.split('=');
  const format = LINT_FORMATS.find((each) => each === name);
  const file = rest.length === 0 ? undefined : rest.join('=');
  if (format === undefined) {
    throw new InvalidArgumentError(`Write one of ${LINT_FORMATS.join(', ')}, and =FILE for a file.`);
  }
  if (file === '') {
    throw new InvalidArgumentError(`Write the name of a file after =, or only ${format}.`);
  }
  if (before.some((other) => placeOf(other.file) === placeOf(file))) {
    throw new InvalidArgumentError(
      file === undefined
        ? 'Only one answer fits on standard output. Write =FILE after the others.'
        : `Another answer goes to ${file} already.`,
    );
  }
  return [...before, defined({ format, file })];
}

/** `out` and `./out` are one file. */
function placeOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : resolve(file);
}

/**
 * Refuses files that cannot be written before work is done for them.
 *
 * @throws NetworkPolicyError `file-unwritable`
 */
export function checkOutputs(outputs: readonly Output[]): void {
  for (const { file } of outputs) {
    if (file !== undefined && isFolder(file)) {
      throw unwritable(file, AT, 'this is a folder', 'write the name of a file in it');
    }
  }
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    // What is not there yet is none; what else is wrong, writing will tell.
    return false;
  }
}

/** Writes an answer where it belongs; folders that are missing are made. */
export async function writeOutput(
  { format, file }: Output,
  pieces: Iterable<Harmless>,
  terminal: Terminal,
): Promise<void> {
  if (file === undefined) {
    await (format === 'human' ? tell(terminal, pieces) : print(terminal.stdout, pieces));
    return;
  }
  await writeInto(file, pieces, { at: AT });
}
