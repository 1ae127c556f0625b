/** What stands in a cell where nobody and nothing does. */
export const NOBODY = '-';

/** The texts of a cell. */
export function orNobody(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [NOBODY] : texts;
}
