import type { Outcome } from '../reachability/answers/verdict';

/** What a text in colour means to a person; nothing is said by colour alone. */
export type Tone = 'good' | 'bad' | 'doubtful' | 'note';

/** Of the eight colours that every terminal has; what others wrote cannot switch them, for it is printed as text. */
const CODES: Readonly<Record<Tone, number>> = { good: 32, bad: 31, doubtful: 33, note: 36 };

const DEFAULT = 39;

export const VERDICT_TONES: Readonly<Record<Outcome, Tone>> = {
  allowed: 'good',
  denied: 'bad',
  partly: 'doubtful',
  unknown: 'doubtful',
};

/** A text in the colour of a tone, and what follows as before. */
export function paint(tone: Tone | undefined, text: string): string {
  return tone === undefined ? text : `\u001b[${CODES[tone]}m${text}\u001b[${DEFAULT}m`;
}
