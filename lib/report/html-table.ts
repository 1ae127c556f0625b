import { inOneLine } from '../model/harmless';
import type { Column, Tabular } from '../render/listing';
import { textElement } from '../render/xml';
import { wrap } from './html';

/** How a table looks in the page. */
export interface HtmlTableOptions<Row> {
  /** What the table is about, for whoever listens. */
  readonly caption: string;
  /** What stands in the place of the table where it has no rows. */
  readonly none: string;
  /** Where the cell of a heading leads. */
  readonly link?: { readonly heading: string; to(row: Row): string };
  /** The first word of these cells is a mark, by which a row is known at a glance. */
  readonly marked?: string;
}

/** Rows in columns as a table; what stands below its row, and the notes of all rows, are beside it. */
export function htmlTable<Row>(
  { columns, rows, notes = [], foot = [] }: Tabular<Row>,
  options: HtmlTableOptions<Row>,
): string {
  const all = [...rows];
  const shown = columns.filter(({ isBelow }) => isBelow !== true);
  const below = columns.filter(({ isBelow }) => isBelow === true);
  const said = [...notes.map(({ line }) => line), ...foot].map((line) => textElement('p', {}, line));
  if (all.length === 0) {
    return [textElement('p', {}, options.none), ...said].join('');
  }
  const head = wrap(
    'tr',
    {},
    ...shown.map(({ heading }) => textElement('th', { scope: 'col' }, heading.replaceAll('-', ' '))),
  );
  const body = all.map((row) => rowOf(row, shown, below, options));
  return [
    wrap(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': options.caption },
      wrap(
        'table',
        {},
        textElement('caption', {}, options.caption),
        wrap('thead', {}, head),
        wrap('tbody', {}, ...body),
      ),
    ),
    ...said,
  ].join('\n');
}

function rowOf<Row>(
  row: Row,
  columns: readonly Column<Row>[],
  below: readonly Column<Row>[],
  options: HtmlTableOptions<Row>,
): string {
  const lines = below.flatMap((column) => column.cell(row));
  const cells = columns.map((column, i) => {
    const texts = column.cell(row);
    const more = i === columns.length - 1 ? lines : [];
    return wrap(
      'td',
      { 'data-heading': column.heading.replaceAll('-', ' '), ...markOf(column, texts, options) },
      ...texts.map((text) => cellText(text, column, row, options)),
      ...more.map((line) => textElement('div', { class: 'cause' }, line)),
    );
  });
  return `${wrap('tr', {}, ...cells)}\n`;
}

function markOf<Row>(
  { heading }: Column<Row>,
  texts: readonly string[],
  { marked }: HtmlTableOptions<Row>,
): Readonly<Record<string, string>> {
  return heading === marked ? { 'data-mark': inOneLine(texts[0]?.split(' ')[0] ?? '') } : {};
}

function cellText<Row>(
  text: string,
  { heading }: Column<Row>,
  row: Row,
  { link }: HtmlTableOptions<Row>,
): string {
  return link?.heading === heading
    ? wrap('div', {}, textElement('a', { href: link.to(row) }, text))
    : textElement('div', {}, text);
}
