import { qualifiedName } from '../model/cluster';
import { compare } from '../model/collections';
import { POLICY_TYPES } from '../model/network-policy';

import { type PolicyRules, sectionOf } from '../model/policy-rules';
import { isFiltering, mayMeet, ruleText, type SubjectRule, subjectRule } from '../model/subject-rule';
import type { Reachability } from '../reachability/reachability';

/** A rule that allows something, and the name of its policy. */
interface RuleOfPolicy extends SubjectRule {
  readonly policy: string;
  readonly text: string;
}

/**
 * The policies that let other requests through than before, or may, on connections that stay open: those whose filters
 * are new, gone or changed, and those beside which a rule allows the same connections otherwise than before. Which
 * requests these are is not told.
 *
 * @returns such as `CiliumNetworkPolicy shop/orders`, sorted
 */
export function filterChanges(before: Reachability, after: Reachability): readonly string[] {
  const [was, is] = [rulesOf(before), rulesOf(after)];
  const [textsBefore, textsAfter] = [filteredIn(was), filteredIn(is)];
  const changed = new Set<string>();
  for (const [texts, others] of [
    [textsBefore, textsAfter],
    [textsAfter, textsBefore],
  ] as const) {
    for (const [text, { policy, beside }] of texts) {
      if (others.get(text)?.beside !== beside) {
        changed.add(policy);
      }
    }
  }
  return [...changed].sort(compare);
}

/** The rules with filters by what they say, each with what the others say that may be about the same connections. */
function filteredIn(
  rules: readonly RuleOfPolicy[],
): ReadonlyMap<string, { readonly policy: string; readonly beside: string }> {
  return new Map(
    rules
      .filter(({ rule }) => isFiltering(rule))
      .map((filtered) => {
        const { policy, text } = filtered;
        const beside = new Set(rules.filter((each) => mayMeet(each, filtered)).map((each) => each.text));
        return [text, { policy, beside: [...beside].sort(compare).join('\n') }];
      }),
  );
}

/** Every rule that allows something, of what is enforced; none where none has a filter, so that none can change. */
function rulesOf({ judged }: Reachability): readonly RuleOfPolicy[] {
  const entries = judged.policies.flatMap(({ entry, inForce }) =>
    entry === undefined || inForce.actual === 'no' ? [] : [entry],
  );
  if (!entries.some(({ rules }) => hasFilter(rules))) {
    return [];
  }
  return entries.flatMap(({ kind, rules, ...named }) => {
    const policy = `${kind} ${qualifiedName(named)}`;
    return POLICY_TYPES.flatMap((direction) =>
      sectionOf(rules, direction)
        .rules.filter(({ action }) => action === 'allow')
        .map((rule): RuleOfPolicy => {
          const placed = subjectRule(rules.subject, direction, rule);
          return { ...placed, policy, text: ruleText(placed) };
        }),
    );
  });
}

function hasFilter({ ingress, egress }: PolicyRules): boolean {
  return [...ingress.rules, ...egress.rules].some(isFiltering);
}
