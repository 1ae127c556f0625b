/** How many names a list shows before it counts the rest. */
export const NAMED = 3;

/** A text in a list. It may stand for several things. */
export interface ListedText {
  readonly text: string;
  /** Those of the things that are not meant. */
  readonly except?: readonly ListedText[];
  /** How many things it stands for. @default 1 */
  readonly count?: number;
}

/** `1 workload`, `3 workloads`, `2 policies`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b, c and 7 more`; four names are all shown, rather than `and 1 more`. */
export function listWords(words: readonly string[]): string {
  return listTexts(words.map((text) => ({ text })));
}

/** The same for texts that may stand for several things: `7 more` counts things. */
export function listTexts(texts: readonly ListedText[]): string {
  const named = lengthOf(texts) > NAMED + 1 ? Math.max(1, countFitting(texts)) : texts.length;
  const rest = texts.slice(named).reduce((sum, { count = 1 }) => sum + count, 0);
  const words = texts.slice(0, named).map((each) => withExceptions(each, texts.length === 1));
  const last = rest > 0 ? `${rest} more` : (words.pop() ?? 'nothing');
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/** `a, b, c and 7 more`, `a, b`: the first names, and the number of the others. */
export function firstWords(words: readonly string[], most = NAMED): string {
  const more = words.length - most;
  return `${words.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** How many texts fit into a list of `NAMED` texts, exceptions included. */
function countFitting(texts: readonly ListedText[]): number {
  let length = 0;
  const beyond = texts.findIndex((each) => {
    length += lengthOf([each]);
    return length > NAMED;
  });
  return beyond < 0 ? texts.length : beyond;
}

/** The number of texts, exceptions included. */
export function lengthOf(texts: readonly ListedText[]): number {
  return texts.reduce((sum, { except = [] }) => sum + 1 + lengthOf(except), 0);
}

/** The exceptions stand in parentheses if another text follows, which would else read as one of them. */
function withExceptions({ text, except = [] }: ListedText, isAlone: boolean): string {
  return except.length === 0
    ? text
    : isAlone
      ? `${text} except ${listTexts(except)}`
      : `${text} (except ${listTexts(except)})`;
}
