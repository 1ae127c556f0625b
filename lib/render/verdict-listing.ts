import { explain } from '../reachability/explain';
import type { Verdict } from '../reachability/verdict';
import type { Listing } from './listing';

/** A verdict as JSON, with the sentences that explain it. */
export interface VerdictJson extends Verdict {
  readonly explanation: readonly string[];
}

/** Verdicts as a listing, in the order they come in. */
export function verdictListing(verdicts: Iterable<Verdict>): Listing<Verdict> {
  return {
    name: 'verdicts',
    columns: [
      { heading: 'from', cell: ({ question }) => [question.from] },
      { heading: 'to', cell: ({ question }) => [question.to] },
      { heading: 'port', cell: ({ question }) => [String(question.port ?? '*')] },
      { heading: 'verdict', cell: ({ verdict }) => [verdict] },
      { heading: 'open', cell: ({ ports }) => [ports] },
    ],
    rows: verdicts,
    toJson: verdictJson,
  };
}

function verdictJson(verdict: Verdict): VerdictJson {
  return { ...verdict, explanation: explain(verdict).split('\n') };
}
