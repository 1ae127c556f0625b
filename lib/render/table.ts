import type { Head, Listing } from './listing';

/** How many rows the widths of the columns are taken from; a wider cell further down pushes its own line. */
const MEASURED_ROWS = 1000;

const GAP = '  ';

type Cell = readonly string[];
type Cells = readonly Cell[];

/** Columns for a terminal; a row has as many lines as its longest cell. */
export function* renderTable<Row>({ head, columns, rows }: Listing<Row>): Generator<string> {
  for (const line of head?.lines ?? []) {
    yield `${line}\n`;
  }
  const headings = columns.map(({ heading }) => [heading.toUpperCase()]);
  const measured: Cells[] = [headings];
  let widths: readonly number[] | undefined;
  for (const row of rows) {
    const cells = columns.map(({ cell }) => cell(row));
    if (widths !== undefined) {
      yield lines(cells, widths);
    } else if (measured.push(cells) > MEASURED_ROWS) {
      widths = widthsOf(measured);
      yield* separated(head, print(measured, widths));
    }
  }
  if (head !== undefined && measured.length === 1) {
    return;
  }
  if (widths === undefined) {
    yield* separated(head, print(measured, widthsOf(measured)));
  }
}

function* separated(head: Head | undefined, lines: Iterable<string>): Generator<string> {
  if (head !== undefined) {
    yield '\n';
  }
  yield* lines;
}

function widthsOf(rows: readonly Cells[]): number[] {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [i, cell] of cells.entries()) {
      widths[i] = cell.reduce((width, text) => Math.max(width, text.length), widths[i] ?? 0);
    }
  }
  return widths;
}

function* print(rows: readonly Cells[], widths: readonly number[]): Generator<string> {
  for (const cells of rows) {
    yield lines(cells, widths);
  }
}

function lines(cells: Cells, widths: readonly number[]): string {
  const heights = cells.map(({ length }) => length);
  const highest = heights.indexOf(Math.max(...heights));
  const shared = Math.max(0, ...heights.filter((_, i) => i !== highest));
  let text = '';
  for (let line = 0; line < shared; line++) {
    let last = cells.length - 1;
    while (cells[last]?.[line] === undefined) {
      last -= 1;
    }
    for (let i = 0; i < last; i++) {
      text += pad(cells[i]?.[line] ?? '', widths[i]);
    }
    text += `${cells[last]?.[line]}\n`;
  }
  // Below the others a cell stands alone, often with thousands of names.
  const alone = cells[highest]?.slice(shared) ?? [];
  const indent = widths.slice(0, highest).reduce((gap, width) => gap + pad('', width), '');
  return alone.length === 0 ? text : `${text}${indent}${alone.join(`\n${indent}`)}\n`;
}

function pad(text: string, width = 0): string {
  return text.padEnd(width) + GAP;
}
