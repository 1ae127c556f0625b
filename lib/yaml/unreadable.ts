import type { ProblemCode } from '../model/problem';

/** Why and where a document cannot be read; `problemOf` makes a problem of it. */
export class UnreadableDocument extends Error {
  /** @param at the offset in the document's text */
  public constructor(
    public readonly at: number,
    reason: string,
    public readonly code: ProblemCode = 'syntax-invalid',
  ) {
    super(reason);
  }
}
