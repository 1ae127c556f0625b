import { inOneLine } from '../model/harmless';
import type { Tabular } from './listing';

/** A table of GitHub's Markdown, for a comment or a job's summary. */
export function* renderMarkdown<Row>({
  head,
  notes = [],
  columns,
  rows,
  foot = [],
}: Tabular<Row>): Generator<string> {
  for (const { line } of notes) {
    yield `${literal(line)}\n\n`;
  }
  if (head !== undefined) {
    yield `${head.lines.map((text) => `**${literal(text)}**`).join('<br>\n')}\n`;
  }
  const headings = [
    ...(head === undefined ? [] : ['\n']),
    line(columns.map(({ heading }) => heading)),
    line(columns.map(() => '---')),
  ];
  if (head === undefined) {
    yield* headings;
  }
  let isFirst = head !== undefined;
  for (const row of rows) {
    if (isFirst) {
      yield* headings;
      isFirst = false;
    }
    yield line(columns.map(({ cell }) => cell(row).map(literal).join('<br>')));
  }
  yield* foot.map((text) => `\n${literal(text)}\n`);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** What is shown of nothing, and keeps what stands beside it from being one word. */
const GAP = '&#8203;';

/**
 * Keeps Markdown from reading a mark into `*`, `|` and their like, and who shows it from making links of mentions
 * (`@team`), of numbers of issues, pull requests and milestones (`#12`, `!12`, `GH-12`, `%12`), and of addresses, and
 * pictures of words (`:tada:`).
 *
 * @see https://docs.gitlab.com/user/markdown/#gitlab-specific-references
 */
export function literal(text: string): string {
  return inOneLine(text)
    .replace(/[\\|*_$`<&[\]]|~(?! )/g, '\\$&')
    .replace(/@|[#!](?=\d)|%(?=[\w"])|\bGH-(?=\d)|www(?=\.)|:(?=\/\/|[a-z_+-]+:)/gi, `$&${GAP}`);
}
