/**
 * A text on one line, with a blank for each end of a line. There is no pattern with blanks on both sides of it, because
 * one would go over long blanks once more from each of them.
 */
export function onOneLine(text: string): string {
  const lines = text.split(/[\r\n]/);
  return lines.length === 1
    ? text
    : lines
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join(' ');
}
