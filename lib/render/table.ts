import { fittedWidths } from './column-widths';
import { foldCell, foldText } from './fold';
import type { Head, Layout, Listing } from './listing';

/** How many rows the widths of the columns are taken from; a wider cell further down pushes its own line. */
const MEASURED_ROWS = 1000;

const GAP = '  ';

type Cell = readonly string[];
type Cells = readonly Cell[];

/**
 * Columns for a terminal; a row has as many lines as its longest cell. Told how wide the terminal is, cells fold within
 * their columns.
 */
export function* renderTable<Row>(
  { head, columns, rows }: Listing<Row>,
  { width }: Layout = {},
): Generator<string> {
  const above = (head?.lines ?? []).map((line) => `${line}\n`);
  yield* width === undefined ? above : foldText(above, width);
  const headings = columns.map(({ heading }) => [heading.toUpperCase()]);
  const measured: Cells[] = [headings];
  let print: RowPrinter | undefined;
  for (const row of rows) {
    const cells = columns.map(({ cell }) => cell(row));
    if (print !== undefined) {
      yield print(cells);
    } else if (measured.push(cells) > MEASURED_ROWS) {
      print = printerFor(measured, width);
      yield* separated(head, measured.map(print));
    }
  }
  if (head !== undefined && measured.length === 1) {
    return;
  }
  if (print === undefined) {
    yield* separated(head, measured.map(printerFor(measured, width)));
  }
}

type RowPrinter = (cells: Cells) => string;

function printerFor(measured: readonly Cells[], width: number | undefined): RowPrinter {
  const natural = widthsOf(measured);
  const fitted = width === undefined ? undefined : fittedTo(width, measured, natural);
  return fitted === undefined
    ? (cells) => lines(cells, natural)
    : (cells) =>
        lines(
          cells.map((cell, i) => cell.flatMap((text) => foldCell(text, fitted[i] as number))),
          fitted,
        );
}

function fittedTo(width: number, measured: readonly Cells[], natural: readonly number[]) {
  const words = widthsOf(
    measured.map((cells) => cells.map((cell) => cell.flatMap((text) => text.split(' ')))),
  );
  const columns = natural.map((widest, i) => ({
    natural: widest,
    unbroken: words[i] as number,
    heading: measured[0]?.[i]?.[0]?.length ?? 0,
  }));
  return fittedWidths(columns, width - GAP.length * (columns.length - 1));
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
