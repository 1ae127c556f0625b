/** What is known of a column before it is printed. */
export interface ColumnText {
  /** Of its widest text. */
  readonly natural: number;
  /** Of its widest word, and of its heading. */
  readonly unbroken: number;
  readonly heading: number;
}

/**
 * Column widths that fill a width. The narrow ones keep theirs, and the wide ones share what is left; no word is cut
 * as long as that can be avoided, and no heading ever. `undefined` where not even the headings fit: then the terminal
 * may break the rows.
 */
export function fittedWidths(columns: readonly ColumnText[], room: number): readonly number[] | undefined {
  const sumOf = (width: (column: ColumnText) => number) =>
    columns.reduce((sum, column) => sum + width(column), 0);
  if (sumOf(({ heading }) => heading) > room) {
    return undefined;
  }
  const least = ({ unbroken, heading }: ColumnText) =>
    sumOf((column) => column.unbroken) <= room ? unbroken : heading;
  const capped = (cap: number) => (column: ColumnText) =>
    Math.max(least(column), Math.min(column.natural, cap));
  let cap = room;
  while (sumOf(capped(cap)) > room) {
    cap -= 1;
  }
  const widths = columns.map(capped(cap));
  // The last one has no neighbour, so what is left is its own.
  const last = widths.pop() ?? 0;
  return [...widths, last + room - sumOf(capped(cap))];
}
