/** What stands below its row, and not in a column; a line that goes on is indented a little more. */
const BELOW = /^ {4}(?: {2})?\S/;

/**
 * A table as somebody reads it: its headings, and all that stands below each of them, without the blanks; and what stands
 * below the rows.
 */
export function columnsOf(lines: readonly string[], first: string): Record<string, string> {
  const top = lines.findIndex((line) => line.startsWith(first));
  const heading = lines[top] ?? '';
  const starts = [...heading.matchAll(/\S+/g)].map(({ index, 0: word }) => ({ index, word }));
  const body = lines.slice(top + 1);
  const end = body.indexOf('');
  const all = body.slice(0, end === -1 ? undefined : end);
  const rows = all.filter((row) => !BELOW.test(row));
  const below = all.filter((row) => BELOW.test(row)).map((row) => row.replaceAll(' ', ''));
  return {
    ...Object.fromEntries(
      starts.map(({ index, word }, i) => [
        word,
        rows.map((row) => row.slice(index, starts[i + 1]?.index).replaceAll(' ', '')).join(''),
      ]),
    ),
    below: below.join(''),
  };
}

/** The words of a text, in their order. */
export function wordsOf(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/\s+/)
    .filter((word) => word !== '');
}
