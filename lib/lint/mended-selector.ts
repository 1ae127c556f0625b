import { defined } from '../model/defined';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { isNegative } from '../model/selector-match';

/**
 * A selector in which one requirement has another key or other values, each requirement in its place.
 *
 * @param place of the requirement among those that `requirementsOf` lists
 */
export function withRequirement(
  { matchLabels, matchExpressions }: LabelSelector,
  place: number,
  { key, values }: { readonly key: string; readonly values: readonly string[] },
): LabelSelector {
  const labels = Object.entries(matchLabels ?? {});
  const mended = labels.map(([name, value], i) => (i === place ? [key, values[0]] : [name, value]));
  return {
    ...(matchLabels === undefined ? {} : { matchLabels: Object.fromEntries(mended) }),
    ...(matchExpressions === undefined
      ? {}
      : {
          matchExpressions: matchExpressions.map((each, i) =>
            labels.length + i === place ? { ...each, key, values } : each,
          ),
        }),
  };
}

/**
 * A namespace selector with the same meaning by the specification, in the form that Azure NPM reads so: one
 * NotIn for each value, and a label that a namespace must have and every namespace has.
 */
export function safeNamespaceSelector(selector: LabelSelector): LabelSelector {
  const { matchLabels, matchExpressions = [] } = selector;
  const exists = { key: NAMESPACE_NAME_LABEL, operator: 'Exists' as const };
  return {
    ...defined({ matchLabels }),
    matchExpressions: [
      ...(isNegative(selector) ? [exists] : []),
      ...matchExpressions.flatMap((requirement) =>
        requirement.operator === 'NotIn'
          ? [...new Set(requirement.values ?? [])].map((value) => ({ ...requirement, values: [value] }))
          : [requirement],
      ),
    ],
  };
}
