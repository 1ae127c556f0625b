import { isBlank, isBlankOrEnd, isBreak, isWideBreak } from './characters';
import type { Cursor } from './cursor';
import { type Token, token } from './tokens';

/** A scalar without quotes; it continues on lines that are indented more than the block around it. */
export function scanPlain(cursor: Cursor): Token {
  const { text } = cursor;
  const indent = cursor.indent + 1;
  const isInFlow = cursor.flowLevel > 0;
  const start = cursor.position;
  let end = start;
  // The text of the lines before the current one.
  let folded = '';
  let lineText = start;
  let breaks: string | undefined;
  for (;;) {
    if (isDocumentIndicator(cursor) || cursor.code() === 0x23) {
      break;
    }
    const word = cursor.position;
    cursor.position = endOfWord(text, word, isInFlow);
    if (cursor.position > word) {
      if (breaks !== undefined) {
        folded += text.slice(lineText, end) + fold(breaks);
        lineText = word;
        breaks = undefined;
      }
      end = cursor.position;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) {
      break;
    }
    breaks = skipBlanksAndBreaks(cursor, breaks, indent);
    if (!isInFlow && cursor.column < indent) {
      break;
    }
  }
  if (breaks !== undefined) {
    cursor.isKeyAllowed = true;
  }
  return token('scalar', start, end, folded + text.slice(lineText, end), true);
}

function endOfWord(text: string, start: number, isInFlow: boolean): number {
  let at = start;
  for (let code = text.charCodeAt(at); !isBlankOrEnd(code); code = text.charCodeAt(++at)) {
    if (
      (code === 0x3a && isBlankOrEnd(text.charCodeAt(at + 1))) ||
      (isInFlow && (code === 0x2c || code === 0x3f || isBracket(code)))
    ) {
      break;
    }
  }
  return at;
}

function isBracket(code: number): boolean {
  return code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

/**
 * Skips blanks and line breaks.
 *
 * @param breaks the line breaks before
 * @param indent on a later line a tab before this column is refused
 * @returns all line breaks; `undefined` if there are none
 */
function skipBlanksAndBreaks(cursor: Cursor, breaks: string | undefined, indent = 0): string | undefined {
  let found = breaks;
  for (;;) {
    const code = cursor.code();
    if (isBlank(code)) {
      if (code === 0x09 && found !== undefined && cursor.column < indent) {
        cursor.fail('found a tab character that violates indentation');
      }
      cursor.position++;
    } else if (isBreak(code)) {
      found = (found ?? '') + cursor.skipBreak();
    } else {
      return found;
    }
  }
}

/** Folds line breaks inside a text: a single one becomes a space, of several the first is dropped. */
function fold(breaks: string): string {
  return isWideBreak(breaks.charCodeAt(0)) ? breaks : breaks.length === 1 ? ' ' : breaks.slice(1);
}

/** Whether the position is at a line `---` or `...`. */
export function isDocumentIndicator({ position, lineStart, text }: Cursor): boolean {
  return (
    position === lineStart &&
    (text.startsWith('---', position) || text.startsWith('...', position)) &&
    isBlankOrEnd(text.charCodeAt(position + 3))
  );
}

/** A quoted text; its lines may begin in any column. */
export function scanQuoted(cursor: Cursor, quote: number): Token {
  const { text } = cursor;
  const start = cursor.position++;
  let value = '';
  let from = cursor.position;
  for (;;) {
    if (isDocumentIndicator(cursor)) {
      cursor.fail('found unexpected document indicator in a text in quotes', start);
    }
    const code = cursor.code();
    if (code === 0) {
      cursor.fail('found unexpected end of stream in a text in quotes', start);
    } else if (code === quote) {
      if (quote !== 0x27 || cursor.code(1) !== quote) {
        break;
      }
      value += text.slice(from, ++cursor.position);
      from = ++cursor.position;
    } else if (code === 0x5c && quote === 0x22) {
      value += text.slice(from, cursor.position) + scanEscape(cursor);
      from = cursor.position;
    } else if (isBlank(code) || isBreak(code)) {
      const end = cursor.position;
      const breaks = skipBlanksAndBreaks(cursor, undefined);
      if (breaks !== undefined) {
        value += text.slice(from, end) + fold(breaks);
        from = cursor.position;
      }
    } else {
      cursor.position++;
    }
  }
  value += text.slice(from, cursor.position);
  return token('scalar', start, ++cursor.position, value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The character of an escape, which begins with a backslash. */
function scanEscape(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.position++;
  if (isBreak(cursor.code())) {
    cursor.skipBreak();
    return skipBlanksAndBreaks(cursor, undefined) ?? '';
  }
  const letter = text.charAt(cursor.position++);
  const digits = HEX_DIGITS[letter];
  if (letter === '/' && cursor.isJson) {
    return letter;
  }
  if (digits === undefined) {
    return ESCAPES[letter] ?? cursor.fail('found unknown escape character', start);
  }
  const hex = text.slice(cursor.position, cursor.position + digits);
  if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) {
    cursor.fail('did not find expected hexadecimal number', start);
  }
  const value = Number.parseInt(hex, 16);
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff && !cursor.isJson)) {
    cursor.fail('found invalid Unicode character escape code', start);
  }
  cursor.position += digits;
  return String.fromCodePoint(value);
}
