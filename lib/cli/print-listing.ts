import type { Listing, Tabular } from '../render/listing';
import { type Format, PICTURES, type PictureFormat, RENDERERS } from '../render/outputs';
import type { ListingOptions, PictureOptions } from './options/format';
import { complain, layoutOf, print, type Terminal } from './terminal';

/**
 * Writes an answer for who reads its format.
 *
 * @param all for a program, and with `--wide` for a person
 * @param told for a person, in few words
 */
export async function printAnswer<Row, Told>(
  terminal: Terminal,
  options: PictureOptions,
  all: () => Listing<Row>,
  told: () => Tabular<Told>,
): Promise<void> {
  const { format, wide } = options;
  if (isPicture(format)) {
    await print(terminal.stdout, PICTURES[format](all(), layoutOf(terminal, options)));
    return;
  }
  const render = RENDERERS[format];
  await (wide !== true && 'isForPersons' in render
    ? print(terminal.stdout, render(told(), layoutOf(terminal, options)))
    : printListing(terminal, { ...options, format }, all()));
}

function isPicture(format: Format | PictureFormat): format is PictureFormat {
  return format in PICTURES;
}

/** Writes a listing to standard output; what an output of rows alone has no place for goes to standard error. */
export async function printListing<Row>(
  terminal: Terminal,
  options: ListingOptions,
  listing: Listing<Row>,
): Promise<void> {
  const render = RENDERERS[options.format];
  if ('hasRowsOnly' in render) {
    const untold = (listing.notes ?? []).filter(({ isTold }) => isTold !== true);
    const lines = untold.map(({ line }) => `${line}\n`);
    await complain(terminal, lines);
  }
  await print(terminal.stdout, render(listing, layoutOf(terminal, options)));
}
