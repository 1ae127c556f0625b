import type { Listing } from './listing';

/**
 * Comma-separated values with a line of headings.
 *
 * @see RFC 4180
 */
export function* renderCsv<Row>({ columns, rows }: Listing<Row>): Generator<string> {
  yield record(columns.map(({ heading }) => heading));
  for (const row of rows) {
    yield record(columns.map(({ cell }) => cell(row).join(', ')));
  }
}

function record(fields: readonly string[]): string {
  return `${fields.map(quote).join(',')}\r\n`;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
