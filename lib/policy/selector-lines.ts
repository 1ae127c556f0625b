import { nearestWord } from '../model/edit-distance';
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
 * A selector for all of these labels.
 *
 * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
 */
export function selectorOfLabels(labels: Labels, at: string): LabelSelector {
  return checkedSelector({ matchLabels: required(labels, at) }, at);
}

/**
 * A selector for all of these requirements.
 *
 * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`, `label-key-invalid`,
 *   `label-value-invalid`, `type-mismatch`
 */
export function selectorOfRequirements(
  requirements: readonly LabelSelectorRequirement[],
  at: string,
): LabelSelector {
  return checkedSelector({ matchExpressions: required(requirements, at) }, at);
}

/**
 * A plain label selector, labels alone, or a label selector of any version of cdk8s-plus.
 *
 * @param wanted what the call accepts, for the error
 * @throws NetworkPolicyError `selector-unreadable`, and the codes of label selectors
 */
export function plainSelector(selector: object, at: string, wanted: string): LabelSelector {
  const plain = readPlusLabelSelector(selector);
  if (!isPlainObject(plain)) {
    throw unreadableShape(
      'selector-unreadable',
      at,
      selector,
      `${wanted}, labels or { matchLabels, matchExpressions }`,
    );
  }
  return isLabels(plain, at) ? selectorOfLabels(plain, at) : checkedSelector(plain, at);
}

const SELECTOR_FIELDS = ['matchLabels', 'matchExpressions'];

/**
 * Whether a plain object is labels and no selector: its values are texts, and no key is the field of a selector.
 *
 * @throws NetworkPolicyError `selector-unreadable` for what may be either
 */
function isLabels(plain: object, at: string): plain is Labels {
  const keys = Object.keys(plain);
  const hasParts = Object.values(plain).some((value) => typeof value === 'object' && value !== null);
  if (keys.length === 0 || hasParts || keys.some((key) => SELECTOR_FIELDS.includes(key))) {
    return false;
  }
  const field = keys.find((key) => nearestWord(key, SELECTOR_FIELDS) !== undefined);
  if (field !== undefined) {
    throw new NetworkPolicyError({
      code: 'selector-unreadable',
      at,
      got: show(plain),
      problem: `may be labels, or a label selector with ${show(nearestWord(field, SELECTOR_FIELDS))}`,
      fix: 'write { matchLabels: { app: "web" } } for a selector, or { app: "web" } for labels alone',
    });
  }
  return true;
}

/**
 * A checked copy of a label selector.
 *
 * @throws NetworkPolicyError the codes of label selectors
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
 * A selector for what matches both. A label with a different value in each becomes an expression, so that neither value is
 * lost.
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

/** A selector for namespaces by name, using the label that the API server sets on each. */
export function namedNamespaces(names: readonly string[]): LabelSelector {
  const [first, ...others] = names;
  return others.length === 0
    ? { matchLabels: { [NAMESPACE_NAME_LABEL]: first as string } }
    : { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] };
}

function copied({ key, operator, values }: LabelSelectorRequirement): LabelSelectorRequirement {
  return values == null ? { key, operator } : { key, operator, values: [...values] };
}
