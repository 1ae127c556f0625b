import { isManagedPolicy } from '../aks/managed-policies';
import { countOne } from '../model/collections';
import type { FieldPath } from '../model/field-path';
import type { Acknowledgement, LintFinding } from '../model/finding';
import type { AcceptanceIndex } from './acceptance-index';
import { type Acceptance, isOver, means } from './acceptances';
import type { LintContext } from './context';

/** What a rule found, and the way to the field; empty where the object as a whole is meant. */
export interface FoundAt {
  readonly finding: LintFinding;
  readonly field: FieldPath;
}

/**
 * The findings of a rule, each with what accepts it today. Every acknowledgement that means one is noted as met, and one
 * that means more than it accepts is noted as exceeded. Policies that nobody can change are left out.
 *
 * @param found is asked for one after the other: the rules about acknowledgements go by what is noted
 */
export function acceptedIn(
  found: Iterable<FoundAt>,
  acceptances: AcceptanceIndex,
  { met, exceeded, today }: LintContext,
): readonly (FoundAt & { readonly acceptance: Acceptance | undefined })[] {
  const counts = new Map<Acknowledgement, number>();
  const meant: (FoundAt & { readonly by: readonly Acceptance[] })[] = [];
  for (const each of found) {
    if (isManagedPolicy(each.finding.object)) {
      continue;
    }
    const by = acceptances.near(each.finding).filter((acceptance) => means(acceptance, each.finding));
    for (const { acknowledgement } of by) {
      met.add(acknowledgement);
      countOne(counts, acknowledgement);
    }
    meant.push({ ...each, by });
  }
  for (const [acknowledgement, count] of counts) {
    if (count > (acknowledgement.atMost ?? Infinity)) {
      exceeded.set(acknowledgement, count);
    }
  }
  return meant.map(({ by, ...each }) => ({
    ...each,
    acceptance: by.find(
      ({ acknowledgement }) => !isOver(acknowledgement, today) && !exceeded.has(acknowledgement),
    ),
  }));
}
