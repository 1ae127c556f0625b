/**
 * The beginning of what Go says of a regular expression that it surely refuses; undefined for any other one. Looked for
 * are mistakes that people make: a wildcard as in a shell, what Perl has and RE2 does not, and braces that do not pair.
 *
 * @see go regexp/syntax, parse.go, read 2026-11-30
 */
export function goRegexError(pattern: string): string | undefined {
  // Classes, escapes and repetitions by number change what the other characters mean.
  if (!/^[-\w/.|()*+?^$=!:<]{0,1000}$/.test(pattern)) {
    return undefined;
  }
  let open = 0;
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i);
    const before = pattern.slice(0, i);
    if (/^\(\?<?[=!]/.test(rest)) {
      return 'invalid or unsupported Perl syntax';
    }
    if (rest.startsWith('(?')) {
      return undefined;
    }
    if (/^[*+?]/.test(rest)) {
      if (/(?:^|[(|])$/.test(before)) {
        return 'missing argument to repetition operator';
      }
      if (/[*+?]$/.test(before) && (rest[0] !== '?' || /[*+?]\?$/.test(before))) {
        return 'invalid nested repetition operator';
      }
    }
    open += rest[0] === '(' ? 1 : rest[0] === ')' ? -1 : 0;
    if (open < 0) {
      return 'unexpected )';
    }
  }
  return open > 0 ? 'missing closing )' : undefined;
}
