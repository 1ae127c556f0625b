import { defined } from '../model/defined';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { isNegative } from '../model/selector-match';

/**
 * A namespace selector with the same meaning by the specification, in the form that Azure NPM reads so: one
 * NotIn for each value, and something that a namespace must have, which every one does.
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
