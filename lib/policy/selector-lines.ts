import {
  checkLabelSelector,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { refuseIf } from '../model/problem';
import { refuseNulls } from './options';

/**
 * A label selector that was checked and copied, so that nobody can change it afterwards.
 *
 * @throws NetworkPolicyError what a label selector can be refused for
 */
export function checkedSelector(selector: LabelSelector, at: string): LabelSelector {
  refuseIf((problems) => {
    checkLabelSelector(selector, at, problems);
    refuseNulls(selector, at, problems, ['matchLabels', 'matchExpressions', 'values']);
  });
  return both(selector, {});
}

/**
 * A selector that matches what both match. A key that both give in `matchLabels` with two values becomes
 * an expression, so that neither line is lost.
 */
export function both(a: LabelSelector, b: LabelSelector): LabelSelector {
  const labels: Record<string, string> = { ...a.matchLabels };
  const expressions = [...(a.matchExpressions ?? []), ...(b.matchExpressions ?? [])].map(copied);
  for (const [key, value] of Object.entries(b.matchLabels ?? {})) {
    if (labels[key] === undefined || labels[key] === value) {
      labels[key] = value;
    } else {
      expressions.push(copied({ key, operator: 'In', values: [value] }));
    }
  }
  return Object.freeze({
    ...(Object.keys(labels).length > 0 && { matchLabels: Object.freeze(labels) }),
    ...(expressions.length > 0 && { matchExpressions: Object.freeze(expressions) }),
  });
}

/** Selects namespaces by name, through the label that the API server sets on each. */
export function namedNamespaces(names: readonly string[]): LabelSelector {
  const [first, ...others] = names;
  return others.length === 0
    ? { matchLabels: { [NAMESPACE_NAME_LABEL]: first as string } }
    : { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] };
}

function copied({ key, operator, values }: LabelSelectorRequirement): LabelSelectorRequirement {
  return Object.freeze(
    values == null ? { key, operator } : { key, operator, values: Object.freeze([...values]) },
  );
}
