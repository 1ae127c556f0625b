/** Characters that are escaped in a program: control characters, line ends, invisible ones, and lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string) =>
  SHORT[character] ??
  [...Array(character.length).keys()]
    .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
    .join('');

export function quoted(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  return `${quote}${text.replace(new RegExp(`[\\\\${quote}]`, 'g'), '\\$&').replace(UNSEEN, escaped)}${quote}`;
}

/** A key of an object literal, quoted if necessary. */
export function keyLiteral(key: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : quoted(key);
}

/** A text as comment lines of at most `width` characters, except for longer words. */
export function commentLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length + '//  '.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${line} ${word}`;
    }
  }
  return lines.map(commentLine);
}

/** A text as a comment of one line that is no directive to a compiler. */
export function commentLine(text: string): string {
  const line = text
    .replace(/[\n\r\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, escaped)
    .trim();
  return `// ${line.replace(/^(?=[@/#])/, '# ')}`.trimEnd();
}
