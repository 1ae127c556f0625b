import { Shared } from './shared';

const RECORD_LINES = new Shared<true>('record-lines');

/**
 * Has every policy record the user's line that created it, not only policies with a finding. This costs about as much as
 * creating the construct: tests can afford it, synth does without.
 */
export function recordLines(): void {
  RECORD_LINES.set(globalThis, true);
}

export function recordsLines(): boolean {
  return RECORD_LINES.of(globalThis) === true;
}
