/** Widths of the characters from space to `~` in hundredths of the size, in the widest of the usual fonts without serifs. */
const WIDTHS = {
  /** DejaVu Sans */
  normal: [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63,
    61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97,
    63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
  ],
  /** DejaVu Sans Bold */
  bold: [
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70,
    40, 40, 84, 84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85, 73, 85, 77, 72,
    68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104,
    71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71, 84,
  ],
} as const;

/** Any other character: as wide as those of Chinese, or an emoji. */
const OTHER = 120;

/** The width that a text needs at most. There is no screen to measure it on, and the same text has the same width. */
export function textWidth(text: string, size: number, weight: keyof typeof WIDTHS = 'normal'): number {
  let hundredths = 0;
  for (const character of text) {
    hundredths += WIDTHS[weight][(character.codePointAt(0) as number) - 32] ?? OTHER;
  }
  return Math.ceil((hundredths * size) / 100);
}

/** A text with `…` in the middle where it is longer than some characters: names mostly differ at their ends. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) {
    return text;
  }
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join('')}\u2026${characters.slice(-end).join('')}`;
}

/** A text in lines of at most so many characters, broken between words; a longer word is cut in its middle. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').map((each) => shortened(each, most))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
