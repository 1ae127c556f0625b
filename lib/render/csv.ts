import type { Tabular } from './listing';

/**
 * Comma-separated values with a line of headings.
 *
 * @see RFC 4180
 */
export function* renderCsv<Row>({ columns, rows }: Tabular<Row>): Generator<string> {
  // Rows share their cells, and a cell may name thousands of workloads.
  const fields = new WeakMap<readonly string[], string>();
  const fieldOf = (cell: readonly string[]) => {
    let field = fields.get(cell);
    if (field === undefined) {
      field = quote(cell.join(', '));
      fields.set(cell, field);
    }
    return field;
  };
  yield record(columns.map(({ heading }) => quote(heading)));
  for (const row of rows) {
    yield record(columns.map(({ cell }) => fieldOf(cell(row))));
  }
}

/** @param fields quoted where they must be */
function record(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
