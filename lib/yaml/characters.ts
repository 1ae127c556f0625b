/*
 * Characters of YAML 1.1, by their codes. A text that is scanned ends with a NUL, which stands nowhere else in it.
 */

/** What ends a line: to YAML 1.1 not only what does on a keyboard. */
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || (code > 0x84 && (code === 0x85 || isWideBreak(code)));
}

/** Those that stay what they are where lines are folded. */
export function isWideBreak(code: number): boolean {
  return code === 0x2028 || code === 0x2029;
}

/** A space or a tab. */
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

/** What no text of YAML may hold, unless it is written as an escape. */
export const CONTROL_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these it looks for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** What Go takes for a space, as kubectl does around the parts of a text. */
export const GO_SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A text from its first character on that is no space to Go. */
export function withoutLeadingSpaces(text: string): string {
  return text.replace(LEADING_SPACES, '');
}

const LEADING_SPACES = new RegExp(`^(?:${GO_SPACE.source})+`);
