import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { defined } from '../../model/defined';
import { type Format, LINT_FORMATS, type LintFormat, type PictureFormat } from '../../render/outputs';
import { COLOUR_CHOICES, type ColourOptions } from '../terminal';

/** What a verb can be told whose answer names many. */
export interface WideOptions extends ColourOptions {
  readonly wide?: true;
}

export function wideOption(): Option {
  return new Option('--wide', 'name everybody and every row one by one, as JSON and CSV always do');
}

/** How a verb writes rows in columns. */
export interface ListingOptions extends WideOptions {
  readonly format: Format;
}

/** How a verb writes rows that have ends. */
export interface PictureOptions extends WideOptions {
  readonly format: Format | PictureFormat;
}

/** For every verb that a person reads. */
export function colourOption(): Option {
  return new Option('--color <when>', 'colours, with auto on a terminal and unless NO_COLOR is set')
    .choices(COLOUR_CHOICES)
    .default('auto');
}

/** @param formats the outputs by their names; the first is the default */
export function formatOption(formats: Readonly<Record<string, unknown>>): Option {
  const names = Object.keys(formats);
  return new Option('--format <name>', 'how the answer is written').choices(names).default(names[0]);
}

/** One way in which the findings of `lint` are written. */
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
function addOutput(text: string, before: readonly Output[] = []): Output[] {
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
