import { isBlank, isBreak } from './characters';
import type { Cursor } from './cursor';
import { type Token, token } from './tokens';

/** A text after `|` or `>`. */
export function scanBlock(cursor: Cursor): Token {
  const { text } = cursor;
  const start = cursor.position;
  const isLiteral = text.charAt(cursor.position++) === '|';
  const { chomping, increment } = scanHeader(cursor, start);
  let indent = increment === 0 ? 0 : Math.max(cursor.indent, 0) + increment;
  let end = cursor.position;
  /** Skips empty lines, and detects the indentation of the text if the header does not give it. */
  const skipEmptyLines = (): string => {
    let [breaks, widest] = ['', 0];
    end = cursor.position;
    for (;;) {
      while ((indent === 0 || columnOf(cursor) < indent) && cursor.code() === 0x20) {
        cursor.position++;
      }
      const column = columnOf(cursor);
      widest = Math.max(widest, column);
      if ((indent === 0 || column < indent) && cursor.code() === 0x09) {
        cursor.fail('found a tab character where an indentation space is expected', start);
      }
      if (!isBreak(cursor.code())) {
        break;
      }
      breaks += cursor.skipBreak();
      end = cursor.position;
    }
    indent ||= Math.max(widest, cursor.indent + 1, 1);
    return breaks;
  };

  let trailing = skipEmptyLines();
  let [value, lineBreak, wasBlank] = ['', '', false];
  while (columnOf(cursor) === indent) {
    const begins = isBlank(cursor.code());
    const isFolded = !isLiteral && !wasBlank && !begins && lineBreak === '\n';
    value += (isFolded ? (trailing === '' ? ' ' : '') : lineBreak) + trailing;
    wasBlank = begins;
    const line = cursor.position;
    cursor.skipToBreak();
    value += text.slice(line, cursor.position);
    lineBreak = cursor.skipBreak();
    trailing = skipEmptyLines();
  }
  if (chomping !== '-') {
    value += lineBreak;
  }
  return token('scalar', start, end, chomping === '+' ? value + trailing : value);
}

/** The column of a position that only has spaces before it in its line. */
function columnOf({ position, lineStart }: Cursor): number {
  return position - lineStart;
}

/** A chomping indicator and an indentation indicator, in any order. */
const HEADER = /^(?:[+-][0-9]?|[0-9][+-]?)?/;

function scanHeader(cursor: Cursor, start: number): { chomping: string; increment: number } {
  const { text, position } = cursor;
  const [header] = HEADER.exec(text.slice(position, position + 2)) as RegExpExecArray;
  if (header.includes('0')) {
    cursor.fail('found an indentation indicator equal to 0', start);
  }
  cursor.position += header.length;
  cursor.skipBlanksAndComment();
  if (!isBreak(cursor.code())) {
    cursor.fail('did not find expected comment or line break', start);
  }
  cursor.skipBreak();
  return { chomping: header.replace(/[0-9]/, ''), increment: Number(header.replace(/[+-]/, '')) };
}
