/** So many names a person reads before the rest is counted. */
export const NAMED = 3;

/** A text in a list. */
export interface ListedText {
  readonly text: string;
  /** Of those that it stands for, the ones that are not meant. */
  readonly except?: readonly ListedText[];
  /** How many it stands for. @default 1 */
  readonly count?: number;
}

/** `1 workload`, `3 workloads`, `2 policies`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b, c and 7 more`: one of four is named rather than counted. */
export function listWords(words: readonly string[]): string {
  return listTexts(words.map((text) => ({ text })));
}

/** The same for texts of which some stand for several: the rest is counted by what it stands for. */
export function listTexts(texts: readonly ListedText[]): string {
  const named = lengthOf(texts) > NAMED + 1 ? Math.max(1, fitting(texts)) : texts.length;
  const rest = texts.slice(named).reduce((sum, { count = 1 }) => sum + count, 0);
  const words = texts.slice(0, named).map((each) => withExceptions(each, texts.length === 1));
  const last = rest > 0 ? `${rest} more` : (words.pop() ?? 'nothing');
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/** `a, b, c and 7 more`, `a, b`: the first names, and how many there are beside them. */
export function firstWords(words: readonly string[], most = NAMED): string {
  const more = words.length - most;
  return `${words.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** How many of the first texts have room, exceptions counted. */
function fitting(texts: readonly ListedText[]): number {
  let length = 0;
  const beyond = texts.findIndex((each) => {
    length += lengthOf([each]);
    return length > NAMED;
  });
  return beyond < 0 ? texts.length : beyond;
}

/** How many words a list takes that counts nothing. */
export function lengthOf(texts: readonly ListedText[]): number {
  return texts.reduce((sum, { except = [] }) => sum + 1 + lengthOf(except), 0);
}

/** In braces where something follows, so that nobody takes that for an exception. */
function withExceptions({ text, except = [] }: ListedText, isAlone: boolean): string {
  return except.length === 0
    ? text
    : isAlone
      ? `${text} except ${listTexts(except)}`
      : `${text} (except ${listTexts(except)})`;
}
