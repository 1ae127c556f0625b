import type { Readable, Writable } from 'node:stream';
import { defined } from '../model/defined';
import { type Harmless, harmless, harmlessPieces, inOneLine } from '../model/harmless';
import { NetworkPolicyError } from '../model/problem';
import type { Layout } from '../render/listing';

/** A stream that may be a terminal, and then has a width. */
export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Where a verb writes its answer, its complaints and its exit code; `process` is one. */
export interface Terminal {
  readonly stdout: Screen;
  readonly stderr: Screen;
  /** Where a person answers; left out where nobody can. */
  readonly stdin?: Readable & { readonly isTTY?: boolean };
  exitCode?: number | string | null | undefined;
  /** The environment's variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** When there are colours, as `--color` says it. */
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;

/** What a verb can be told that has colours. */
export interface ColourOptions {
  readonly color?: ColourChoice;
}

/**
 * Whether colours are welcome on standard output: on a terminal that has them, and unless somebody said no.
 *
 * @see https://no-color.org
 */
function hasColours({ stdout, env = {} }: Terminal, { color = 'auto' }: ColourOptions): boolean {
  return color === 'auto'
    ? stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
    : color === 'always';
}

/** How an answer for a person is laid out: a terminal has a width and colours, a pipe and a file have none. */
export function layoutOf(terminal: Terminal, options: ColourOptions): Layout {
  const width = widthOf(terminal.stdout);
  return defined({ width, colour: hasColours(terminal, options) || undefined });
}

/** How many columns a terminal has; `undefined` for what is none, or does not say. */
export function widthOf({ isTTY, columns = 0 }: Screen): number | undefined {
  return isTTY === true && columns > 0 ? columns : undefined;
}

/**
 * Writes sentences for a person to standard output; on a terminal they are folded at their words.
 *
 * @param pieces whole lines; what others write in them is in one line
 */
export function tell(terminal: Terminal, pieces: Iterable<string>): Promise<void> {
  return print(terminal.stdout, harmlessPieces(foldedFor(terminal.stdout, pieces)));
}

/** The same on standard error. */
export function complain({ stderr }: Terminal, pieces: Iterable<string>): Promise<void> {
  return print(stderr, harmlessPieces(foldedFor(stderr, pieces)));
}

/** Tells on standard error, where it is no part of an answer, that a file was written. */
export function tellWritten(terminal: Terminal, file: string, what: string): Promise<void> {
  return complain(terminal, inLines([`wrote ${file}: ${what}`]));
}

/** Sentences with texts of others in them, each in a line of its own. */
export function inLines(sentences: readonly string[]): readonly string[] {
  return sentences.map((sentence) => `${inOneLine(sentence)}\n`);
}

/** Writes a text at once, where nobody waits for it to be taken. */
export function writeAtOnce(stream: Writable, text: string): void {
  stream.write(harmless(text));
}

/** Text as a screen shows it: folded where it has a width. */
export function foldedFor(screen: Screen, pieces: Iterable<string>): Iterable<string> {
  const width = widthOf(screen);
  if (width === undefined) {
    return pieces;
  }
  const { foldText } = require('../render/fold-lines') as typeof import('../render/fold-lines');
  return foldText(pieces, width);
}

/** How much text is handed to a stream at once. */
const CHUNK = 64 * 1024;

/**
 * Writes text piece by piece, never faster than the reader takes it. A reader that has seen enough and
 * leaves, as `head` does, ends the text and is no error.
 *
 * @throws NetworkPolicyError `file-unwritable`
 */
export async function print(stream: Writable, pieces: Iterable<Harmless>): Promise<void> {
  // The callback of each write tells of failures; without a listener they would end the process as well.
  const ignore = () => {};
  stream.on('error', ignore);
  try {
    for (const chunk of chunks(pieces)) {
      if (!(await isTaken(stream, chunk))) {
        return;
      }
    }
  } finally {
    stream.off('error', ignore);
  }
}

/** Whether the reader is still there when it has taken some text. */
async function isTaken(stream: Writable, text: string): Promise<boolean> {
  try {
    await write(stream, text);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') {
      return false;
    }
    throw new NetworkPolicyError({
      code: 'file-unwritable',
      at: 'the answer',
      got: code ?? 'no code',
      problem: message,
      fix: 'make room where it goes, or write it elsewhere',
    });
  }
}

function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') {
    yield chunk;
  }
}
