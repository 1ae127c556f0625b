import type { Listing, Tabular } from '../render/listing';
import { FOR_PERSONS, type Format, RENDERERS } from '../render/renderers';
import type { ListingOptions } from './options/format';
import { complain, layoutOf, print, type Terminal } from './terminal';

/** An answer as a program reads it, with everything, and as a person does. */
export interface ListingAnswer<Row, Told> {
  all(): Listing<Row>;
  told(): Tabular<Told>;
}

/** Writes an answer for who reads its format; with `--wide` a person, too, gets everything. */
export async function printAnswer<Row, Told>(
  terminal: Terminal,
  { format, wide }: ListingOptions,
  answer: ListingAnswer<Row, Told>,
): Promise<void> {
  if (wide === true || format === 'json' || format === 'csv') {
    return printListing(terminal, format, answer.all());
  }
  await print(terminal.stdout, FOR_PERSONS[format](answer.told(), layoutOf(terminal)));
}

/** Writes a listing to standard output; what CSV has no place for goes to standard error. */
export async function printListing<Row>(
  terminal: Terminal,
  format: Format,
  listing: Listing<Row>,
): Promise<void> {
  if (format === 'csv') {
    const untold = (listing.notes ?? []).filter(({ isTold }) => isTold !== true);
    await complain(
      terminal,
      untold.map(({ line }) => `${line}\n`),
    );
  }
  await print(terminal.stdout, RENDERERS[format](listing, layoutOf(terminal)));
}
