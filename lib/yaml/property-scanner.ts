import { isBlankOrEnd } from './characters';
import type { Cursor } from './cursor';
import { type Token, token } from './tokens';

/** The name after `&` or `*`. */
export function scanName(cursor: Cursor, type: 'anchor' | 'alias'): Token {
  const start = cursor.position++;
  const name = match(cursor, /[0-9A-Za-z_-]+/y);
  if (name === '' || !(isBlankOrEnd(cursor.code()) || '?:,]}%@`'.includes(charAt(cursor)))) {
    cursor.fail(`did not find expected alphabetic or numeric character in the name of an ${type}`, start);
  }
  return token(type, start, cursor.position, name);
}

const URI = /[0-9A-Za-z_;/?:@&=+$,.!~*'()[\]%-]*/y;

/** A tag, written out: `!!int` has the value `tag:yaml.org,2002:int`. Empty for a handle that only a directive could define. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.position++;
  let value: string;
  if (charAt(cursor) === '<') {
    cursor.position++;
    value = decode(cursor, start, match(cursor, URI));
    if (value === '' || charAt(cursor) !== '>') {
      cursor.fail("did not find the expected '>' of a tag", start);
    }
    cursor.position++;
  } else {
    const named = match(cursor, /[0-9A-Za-z_-]*!/y);
    const suffix = decode(cursor, start, match(cursor, URI));
    if (named !== '' && suffix === '') {
      cursor.fail('did not find expected tag URI', start);
    }
    value = named === '' ? `!${suffix}` : named === '!' ? `tag:yaml.org,2002:${suffix}` : '';
  }
  if (!isBlankOrEnd(cursor.code())) {
    cursor.fail('did not find expected whitespace or line break after a tag', start);
  }
  return token('tag', start, cursor.position, value);
}

function decode(cursor: Cursor, start: number, uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return cursor.fail('found an incorrect escape in a tag', start);
  }
}

/** Skips what a sticky expression matches at the position, which may be nothing. */
function match(cursor: Cursor, expression: RegExp): string {
  expression.lastIndex = cursor.position;
  const [found] = expression.exec(cursor.text) ?? [''];
  cursor.position += found.length;
  return found;
}

function charAt({ text, position }: Cursor): string {
  return text.charAt(position);
}
