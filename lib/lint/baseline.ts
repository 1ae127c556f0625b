import { qualifiedName } from '../model/cluster';
import { append, compare, countOne } from '../model/collections';
import { defined } from '../model/defined';
import type { Acknowledgement, FindingCode, LintFinding } from '../model/finding';
import { REASON_TO_WRITE } from '../model/finding';
import { ABOUT_ACKNOWLEDGEMENTS, AcceptanceIndex, isOver, means } from './acceptances';

/**
 * The rules whose findings no baseline accepts: those about acknowledgements, and those about what the operator expects.
 * An expectation that need not hold is taken out of its file.
 */
const NEVER: readonly FindingCode[] = [
  ...ABOUT_ACKNOWLEDGEMENTS,
  'must-reach',
  'must-not-reach',
  'only-from',
];

/** What is accepted from now on, and what cannot be. */
export interface Baseline {
  readonly acknowledgements: readonly Acknowledgement[];
  readonly refused: readonly LintFinding[];
}

/** What a baseline is made of. */
export interface BaselineSource {
  /** The open findings that are shown. */
  readonly shown: readonly LintFinding[];
  /** All open findings. */
  readonly open: readonly LintFinding[];
  /** The acknowledgements of an earlier baseline, whose reasons somebody may have written. */
  readonly before: readonly Acknowledgement[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** The last day of what is accepted anew. */
  readonly until: string;
}

/**
 * An acknowledgement for each rule and object that is found today, for as many findings as there are: the next one is
 * new. What an earlier baseline has keeps its reason and its day, unless that is over, and what is no longer found goes.
 */
export function baselineOf({ shown, open, before, today, until }: BaselineSource): Baseline {
  const known = new AcceptanceIndex(
    before.map((acknowledgement) => ({ acknowledgement, acceptedBy: { voice: 'operator' } })),
  );
  const meaning = (finding: LintFinding) =>
    known.near(finding).flatMap((each) => (means(each, finding) ? [each.acknowledgement] : []));
  const counts = new Map<Acknowledgement, number>();
  const refused: LintFinding[] = [];
  const added = new Map<string, LintFinding[]>();
  for (const finding of shown) {
    const old = meaning(finding);
    for (const acknowledgement of old) {
      countOne(counts, acknowledgement);
    }
    if (old.length > 0) {
      continue;
    }
    if (NEVER.includes(finding.rule)) {
      refused.push(finding);
    } else {
      append(added, `${finding.rule} ${nameOf(finding)}`, finding);
    }
  }
  const stillOpen = new Set(open.flatMap(meaning));
  const renewed = (old: Acknowledgement): Acknowledgement => {
    const found = counts.get(old);
    return found === undefined
      ? old
      : {
          ...old,
          ...(old.atMost === undefined ? {} : { atMost: found }),
          ...(isOver(old, today) ? { until } : {}),
        };
  };
  const fresh = [...added.values()].map((found): Acknowledgement => {
    const [first] = found as [LintFinding];
    return { rule: first.rule, object: nameOf(first), atMost: found.length, reason: REASON_TO_WRITE, until };
  });
  return {
    acknowledgements: [...before.filter((old) => stillOpen.has(old)).map(renewed), ...fresh].sort(
      byRuleAndScope,
    ),
    refused,
  };
}

/** What an acknowledgement calls an object. */
function nameOf({ object: { namespace, name } }: LintFinding): string {
  return qualifiedName({ ...defined({ namespace }), name });
}

function byRuleAndScope(a: Acknowledgement, b: Acknowledgement): number {
  return (
    compare(a.rule, b.rule) ||
    compare(a.object ?? '', b.object ?? '') ||
    compare(a.construct ?? '', b.construct ?? '')
  );
}
