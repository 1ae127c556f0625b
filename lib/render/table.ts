import { remembered } from '../model/collections';
import { inOneLine } from '../model/harmless';
import { paint, type Tone } from './colours';
import { fittedWidths } from './column-widths';
import { foldCell, foldText } from './fold-lines';
import type { Head, Layout, Tabular } from './listing';

/** How many rows the widths of the columns are taken from; a wider cell further down pushes its own line. */
const MEASURED_ROWS = 1000;

const GAP = '  ';

type Cell = readonly string[];
type Cells = readonly Cell[];

/** What stands below its row is indented by. */
const BELOW = '    ';

/**
 * Columns for a terminal; a row has as many lines as its longest cell. Told how wide the terminal is, cells fold within
 * their columns.
 */
export function* renderTable<Row>(
  { head, notes = [], columns, rows, foot = [] }: Tabular<Row>,
  { width, colour = false }: Layout = {},
): Generator<string> {
  const whole = (lines: readonly string[]) => {
    const ended = lines.map((line) => `${inOneLine(line)}\n`);
    return width === undefined ? ended : foldText(ended, width);
  };
  const above = notes.filter(({ isTold }) => isTold !== true).map(({ line }) => line);
  yield* whole([...above, ...(head?.lines ?? [])]);
  const [beside, below] = [
    columns.filter(({ isBelow }) => !isBelow),
    columns.filter(({ isBelow }) => isBelow),
  ];
  const measured: RowTexts[] = [
    { cells: beside.map(({ heading }) => [heading.toUpperCase()]), below: [], tones: [] },
  ];
  let printCells: RowPrinter | undefined;
  const print = ({ cells, tones, below: texts }: RowTexts) =>
    [printCells?.(cells, tones), ...whole(texts.map((text) => BELOW + text))].join('');
  for (const row of rows) {
    const texts = {
      cells: beside.map(({ cell }) => shown(cell(row))),
      below: below.flatMap(({ cell }) => cell(row)),
      tones: colour ? beside.map(({ tone }) => tone?.(row)) : [],
    };
    if (printCells !== undefined) {
      yield print(texts);
    } else if (measured.push(texts) > MEASURED_ROWS) {
      printCells = printerFor(
        measured.map(({ cells }) => cells),
        width,
      );
      yield* separated(head, measured.map(print));
    }
  }
  if (printCells === undefined && (head === undefined || measured.length > 1)) {
    printCells = printerFor(
      measured.map(({ cells }) => cells),
      width,
    );
    yield* separated(head, measured.map(print));
  }
  if (foot.length > 0) {
    yield '\n';
    yield* whole(foot);
  }
}

/** Rows share their cells, and a cell may name thousands of workloads. */
const shown = remembered((cell: Cell): Cell => cell.map(inOneLine));

/** What a table has of a row. */
interface RowTexts {
  readonly cells: Cells;
  readonly below: readonly string[];
  readonly tones: Tones;
}

type Tones = readonly (Tone | undefined)[];

type RowPrinter = (cells: Cells, tones: Tones) => string;

function printerFor(measured: readonly Cells[], width: number | undefined): RowPrinter {
  const natural = widthsOf(measured);
  const fitted = width === undefined ? undefined : fittedTo(width, measured, natural);
  const tails = new Tails();
  return fitted === undefined
    ? (cells, tones) => lines(cells, natural, tails, tones)
    : (cells, tones) =>
        lines(
          cells.map((cell, i) => cell.flatMap((text) => foldCell(text, fitted[i] as number))),
          fitted,
          tails,
          tones,
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

/** A cell is painted when its width is counted. The tail of a tall cell has no colour. */
function lines(cells: Cells, widths: readonly number[], tails: Tails, tones: Tones): string {
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
      const part = cells[i]?.[line] ?? '';
      text += paint(tones[i], part) + pad('', (widths[i] ?? 0) - part.length);
    }
    text += `${paint(tones[last], cells[last]?.[line] ?? '')}\n`;
  }
  const tall = cells[highest];
  if (tall === undefined || tall.length <= shared) {
    return text;
  }
  const indent = widths.slice(0, highest).reduce((gap, width) => gap + pad('', width), '');
  return text + tails.of(tall, shared, indent);
}

/**
 * What stands below the other cells of its row: often thousands of names, and in many rows the same, because rows
 * share their cells.
 */
class Tails {
  private readonly known = new WeakMap<Cell, { start: number; indent: string; text: string }>();

  public of(cell: Cell, start: number, indent: string): string {
    const known = this.known.get(cell);
    if (known?.start === start && known.indent === indent) {
      return known.text;
    }
    const text = `${indent}${cell.slice(start).join(`\n${indent}`)}\n`;
    this.known.set(cell, { start, indent, text });
    return text;
  }
}

function pad(text: string, width = 0): string {
  return text.padEnd(width) + GAP;
}
