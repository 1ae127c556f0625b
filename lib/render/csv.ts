import { remembered } from '../model/collections';
import { inOneLine } from '../model/harmless';
import type { Tabular } from './listing';

/**
 * Comma-separated values with a line of headings.
 *
 * @see RFC 4180
 */
export function* renderCsv<Row>({ columns, rows }: Tabular<Row>): Generator<string> {
  yield record(columns.map(({ heading }) => quote(heading)));
  for (const row of rows) {
    yield record(columns.map(({ cell }) => fieldOf(cell(row))));
  }
}

/** Rows share their cells, and a cell may name thousands of workloads. */
const fieldOf = remembered((cell: readonly string[]) => quote(noFormula(inOneLine(cell.join(', ')))));

/** @param fields quoted where they must be */
function record(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`;
}

/** A sign and words alone, as of a change, is nothing that could reach or call anything. */
const WORDS = /^[-+](?: [a-z ]+)?$/;

/**
 * Text that a spreadsheet does not take for a formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function noFormula(field: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(field) && !WORDS.test(field) ? `'${field}` : field;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
