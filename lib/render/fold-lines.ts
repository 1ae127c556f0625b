/** What lines that go on are indented by, so that nobody takes them for new ones. */
const HANGING = '  ';

/** Where a word may be cut with the least harm to reading. */
const SEAM = /[/,:=.-]/;

/**
 * Text for a person in lines of a width, broken at blanks; each line that goes on is indented a little more than the
 * line it belongs to. A word that is wider keeps a line of its own, whole: somebody may copy it.
 *
 * @param pieces text whose last line ends
 */
export function* foldText(pieces: Iterable<string>, width: number): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      yield `${foldLine(line, width).join('\n')}\n`;
    }
  }
  if (rest !== '') {
    yield foldLine(rest, width).join('\n');
  }
}

function foldLine(line: string, width: number): readonly string[] {
  return seenWidth(line) <= width ? [line] : folded(line, width, false);
}

/** The same for a cell of a table, whose neighbour begins where it ends: here words that are too wide are cut. */
export function foldCell(text: string, width: number): readonly string[] {
  return text.length <= width ? [text] : folded(text, width, true);
}

function folded(text: string, width: number, isCut: boolean): string[] {
  const [indent = ''] = /^ */.exec(text) ?? [];
  const wanted = indent + HANGING;
  const hanging = wanted.length * 2 > width ? '' : wanted;
  const lines: string[] = [];
  let line = indent;
  let isBare = true;
  const next = () => {
    lines.push(line.trimEnd());
    line = hanging;
    isBare = true;
  };
  // Sticky, so that blanks at the end are looked at once.
  for (const [, gap = '', whole = ''] of text.slice(indent.length).matchAll(/( *)([^ ]+)/gy)) {
    let word = whole;
    if (!isBare && seenWidth(line) + gap.length + seenWidth(word) > width) {
      next();
    }
    while (isCut && line.length + word.length > width) {
      const end = seam(word, width - line.length);
      line += word.slice(0, end);
      word = word.slice(end);
      next();
    }
    line += isBare ? word : gap + word;
    isBare = false;
  }
  return [...lines, line];
}

/** Behind the last seam that leaves a line half full at least, or else where the room ends. */
function seam(word: string, room: number): number {
  for (let end = room; end * 2 >= room && end > 0; end--) {
    if (SEAM.test(word[end - 1] as string)) {
      return end;
    }
  }
  return room;
}

/** Colours take no room. */
function seenWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  return text.replaceAll(/\u001b\[[\d;]*m/g, '').length;
}
