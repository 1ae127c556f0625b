import type { Listing, Tabular } from '../render/listing';
import { FOR_PERSONS, type Format, type ListingOutput, RENDERERS } from '../render/outputs';
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
  if (wide !== true && isForPersons(format)) {
    await print(terminal.stdout, FOR_PERSONS[format](answer.told(), layoutOf(terminal)));
  } else {
    await printListing(terminal, format, answer.all());
  }
}

function isForPersons(format: Format): format is keyof typeof FOR_PERSONS {
  return format in FOR_PERSONS;
}

/** Writes a listing to standard output; what an output of rows alone has no place for goes to standard error. */
export async function printListing<Row>(
  terminal: Terminal,
  format: Format,
  listing: Listing<Row>,
): Promise<void> {
  const render: ListingOutput = RENDERERS[format];
  if (render.hasRowsOnly === true) {
    const untold = (listing.notes ?? []).filter(({ isTold }) => isTold !== true);
    await complain(
      terminal,
      untold.map(({ line }) => `${line}\n`),
    );
  }
  await print(terminal.stdout, RENDERERS[format](listing, layoutOf(terminal)));
}
