/** One character of a class in a regular expression, or one that is escaped. */
const PUNCTUATION = String.raw`\\[!-/:-@\[-^{-~\x60]`;
const CHARACTER = String.raw`(?:[^\\\]\[^-]|${PUNCTUATION})`;
const CLASS = String.raw`\[\^?-?(?:${CHARACTER}(?:-${CHARACTER})?|\\[dDsSwW])+-?\]`;
const ESCAPED = String.raw`(?:\\[dDsSwWbB]|${PUNCTUATION})`;
const PATTERN = new RegExp(String.raw`^(?:${CLASS}|${ESCAPED}|\(\?:|\((?!\?)|[^\\\[(])*$`);
const REPEATED = /\{(\d+)(?:,(\d*))?\}/g;
/** Go and RE2 take no larger number, nor product of numbers inside each other. */
const MOST_REPEATED = 1000;

/**
 * Whether Cilium takes a text for a method or a path of requests, and Go, Envoy's RE2 and JavaScript read it alike: no
 * look-around, no reference to a group, no class by a name.
 *
 * @see https://github.com/google/re2/wiki/Syntax, read 2026-11-30; compared with cilium v1.19.5
 */
export function isRequestPattern(text: string): boolean {
  const counts = [...text.matchAll(REPEATED)].map(([, least, most]) => Number(most || least));
  if (
    text === '' ||
    !PATTERN.test(text) ||
    counts.reduce((all, each) => all * Math.max(each, 1), 1) > MOST_REPEATED
  ) {
    return false;
  }
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
