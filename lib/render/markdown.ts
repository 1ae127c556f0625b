import type { Listing } from './listing';

/** A table of GitHub's Markdown, for a comment or a job's summary. */
export function* renderMarkdown<Row>({ columns, rows }: Listing<Row>): Generator<string> {
  yield line(columns.map(({ heading }) => heading));
  yield line(columns.map(() => '---'));
  for (const row of rows) {
    yield line(columns.map(({ cell }) => cell(row).map(literal).join('<br>')));
  }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Keeps Markdown from reading a mark into `*`, `|` and their like. */
export function literal(text: string): string {
  return text.replace(/[\\|*_`<&[\]]/g, '\\$&');
}
