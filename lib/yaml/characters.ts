/*
 * Characters of YAML 1.1, by their codes. A scanned text ends with a NUL, and contains no other.
 */

/** YAML 1.1 has more line breaks than `\n` and `\r`. */
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || (code > 0x84 && (code === 0x85 || isWideBreak(code)));
}

/** The line breaks that folding keeps. */
export function isWideBreak(code: number): boolean {
  return code === 0x2028 || code === 0x2029;
}

/** Space or tab. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return code <= 0x20
    ? code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0
    : isBreak(code);
}

/** The characters that YAML only allows as escapes. */
export const CONTROL_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these it looks for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** The characters that Go, and so kubectl, treats as spaces. */
export const GO_SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A text without the leading characters that Go treats as spaces. */
export function withoutLeadingSpaces(text: string): string {
  return text.replace(LEADING_SPACES, '');
}

const LEADING_SPACES = new RegExp(`^(?:${GO_SPACE.source})+`);
