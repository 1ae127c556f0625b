import {
  checkLabelSelector,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { isPlainObject, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { refuseNulls } from './options';
import { readPlusLabelSelector, unreadableShape } from './shapes';

/**
 * The selector of what carries all of these labels.
 *
 * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
 */
export function labelLines(labels: Labels, at: string): LabelSelector {
  return checkedSelector({ matchLabels: required(labels, at) }, at);
}

/**
 * The selector of what meets all of these requirements.
 *
 * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`, `label-key-invalid`,
 *   `label-value-invalid`, `type-mismatch`
 */
export function requirementLines(
  requirements: readonly LabelSelectorRequirement[],
  at: string,
): LabelSelector {
  return checkedSelector({ matchExpressions: required(requirements, at) }, at);
}

/**
 * A plain label selector, or one of any cdk8s-plus.
 *
 * @param wanted what a call takes, for the error
 * @throws NetworkPolicyError `selector-unreadable`, and what a label selector can be refused for
 */
export function plainLines(source: object, at: string, wanted: string): LabelSelector {
  const plain = readPlusLabelSelector(source);
  if (!isPlainObject(plain)) {
    throw unreadableShape(
      'selector-unreadable',
      at,
      source,
      `${wanted} or { matchLabels, matchExpressions }`,
    );
  }
  return checkedSelector(plain, at);
}

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

function required<T>(value: T, at: string): T {
  if (value === undefined || value === null) {
    throw new NetworkPolicyError({
      code: 'type-mismatch',
      at,
      got: show(value),
      problem: 'a selector without it would match everything',
      fix: 'give labels or requirements, or write .all() to mean everything',
    });
  }
  return value;
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
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

/** Selects namespaces by name, through the label that the API server sets on each. */
export function namedNamespaces(names: readonly string[]): LabelSelector {
  const [first, ...others] = names;
  return others.length === 0
    ? { matchLabels: { [NAMESPACE_NAME_LABEL]: first as string } }
    : { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] };
}

function copied({ key, operator, values }: LabelSelectorRequirement): LabelSelectorRequirement {
  return values == null ? { key, operator } : { key, operator, values: [...values] };
}
