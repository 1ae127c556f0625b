import { Shared } from './shared';

const RECORD_LINES = new Shared<true>('record-lines');

/**
 * From now on every policy remembers the line of the user that created it, not only those with a finding: a line
 * costs about as much as a construct, which a test may spend and a synth need not.
 */
export function recordLines(): void {
  RECORD_LINES.set(globalThis, true);
}

export function recordsLines(): boolean {
  return RECORD_LINES.of(globalThis) === true;
}
