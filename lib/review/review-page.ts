import type { Review } from './judge-review';

/** GitHub refuses a longer comment, and a longer text than this no host needs. */
const MOST_CHARACTERS = 65_000;

const VERDICTS = {
  0: 'Network policies: nothing stands against this change',
  1: 'Network policies: this change does not pass',
  2: 'Network policies: not all of this change could be judged',
} as const;

/** A hidden line that tells one job's comment from that of another, and from what people write. */
export const markerOf = (key: string) => `<!-- aks-netpol review ${key} -->`;

/** The whole page, for a summary that has room. */
export function reviewPage({ difference, findings, exitCode }: Review): string {
  const parts = difference === undefined ? [] : [`## What changes\n\n${difference}`];
  return [`# ${VERDICTS[exitCode]}\n`, ...parts, `## What lint finds\n\n${findings}`].join('\n');
}

/** The same for a comment; where there is no room for what lint finds, it says where that is. */
export function reviewComment(review: Review, key: string): string {
  const whole = `${markerOf(key)}\n${reviewPage(review)}`;
  return whole.length <= MOST_CHARACTERS
    ? whole
    : `${markerOf(key)}\n${reviewPage({ ...review, findings: ELSEWHERE })}`;
}

const ELSEWHERE = 'There is no room for it here: it is in the summary of the run, and in its artifact.\n';
