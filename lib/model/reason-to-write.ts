/** What stands for a reason that is not written yet, as in a baseline that a program has made. */
export const REASON_TO_WRITE = 'TODO: why is this all right?';

/** Whether nobody has written yet why a finding is accepted. */
export function isReasonToWrite(reason: string): boolean {
  return /^TODO\b/i.test(reason);
}
