import type { Listing } from '../render/listing';
import type { Format } from '../render/renderers';
import { complain, layoutOf, print, type Terminal } from './terminal';

/** Writes a listing to standard output; what CSV has no place for goes to standard error. */
export async function printListing<Row>(
  terminal: Terminal,
  format: Format,
  listing: Listing<Row>,
): Promise<void> {
  const { RENDERERS } = require('../render/renderers') as typeof import('../render/renderers');
  if (format === 'csv') {
    const untold = (listing.notes ?? []).filter(({ isTold }) => isTold !== true);
    await complain(
      terminal,
      untold.map(({ line }) => `${line}\n`),
    );
  }
  await print(terminal.stdout, RENDERERS[format](listing, layoutOf(terminal)));
}
