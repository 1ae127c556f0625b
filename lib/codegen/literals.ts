/**
 * What may not stand in a program as it is: controls and line ends, what turns the direction of the text around it or
 * is not seen at all, and halves of characters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string) =>
  SHORT[character] ??
  [...Array(character.length).keys()]
    .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
    .join('');

/** A text as a literal that stands for exactly it and ends where it should, whatever the text is. */
export function quoted(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  return `${quote}${text.replace(new RegExp(`[\\\\${quote}]`, 'g'), '\\$&').replace(UNSEEN, escaped)}${quote}`;
}

/** A key of an object literal, quoted where it must be. */
export function keyed(key: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : quoted(key);
}

/** A text of ours as comments of at most this many characters each, but for words that are longer. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length + '//  '.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${line} ${word}`;
    }
  }
  return lines.map(commented);
}

/** A comment that ends with its line, whatever the text is, and says nothing to a compiler. */
export function commented(text: string): string {
  const line = text
    .replace(/[\n\r\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, escaped)
    .trim();
  return `// ${line.replace(/^(?=[@/#])/, '# ')}`.trimEnd();
}
