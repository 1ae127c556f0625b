/** A table as somebody reads it: its headings, and all that stands below each of them, without the blanks. */
export function columnsOf(lines: readonly string[], first: string): Record<string, string> {
  const top = lines.findIndex((line) => line.startsWith(first));
  const heading = lines[top] ?? '';
  const starts = [...heading.matchAll(/\S+/g)].map(({ index, 0: word }) => ({ index, word }));
  const body = lines.slice(top + 1);
  const end = body.indexOf('');
  const rows = body.slice(0, end === -1 ? undefined : end);
  return Object.fromEntries(
    starts.map(({ index, word }, i) => [
      word,
      rows.map((row) => row.slice(index, starts[i + 1]?.index).replaceAll(' ', '')).join(''),
    ]),
  );
}

/** The words of a text, in their order. */
export function wordsOf(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/\s+/)
    .filter((word) => word !== '');
}
