import type { Namespace } from './cluster';
import type { LabelSelector, LabelSelectorRequirement } from './label-selector';
import { listIncludes } from './label-values';
import { NAMESPACE_NAME_LABEL } from './labels';
import { allOf, type Tristate } from './tristate';

/** All requirements of a selector; an entry of `matchLabels` becomes `In` with one value. */
export function requirementsOf(selector: LabelSelector): LabelSelectorRequirement[] {
  return [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      // JSON's null is Go's zero value: the server reads it as "".
      values: [value ?? ''],
    })),
    ...(selector.matchExpressions ?? []),
  ];
}

/**
 * Whether a label's value meets a requirement; `undefined` is a missing label, which NotIn and DoesNotExist match.
 *
 * @see kubernetes apimachinery pkg/labels/selector.go, Requirement.Matches
 */
export function meets(
  { operator, values = [] }: LabelSelectorRequirement,
  value: string | undefined,
): boolean {
  // Every object has a `constructor`, which is not a label.
  const isThere = typeof value === 'string';
  switch (operator) {
    case 'In':
      return isThere && listIncludes(values, value);
    case 'NotIn':
      return !isThere || !listIncludes(values, value);
    case 'Exists':
      return isThere;
    default:
      return !isThere;
  }
}

/** Whether a namespace meets a requirement. If no manifest declares it, only its name is known. */
export function meetsInNamespace(
  requirement: LabelSelectorRequirement,
  { name, labels, declared }: Pick<Namespace, 'name' | 'labels' | 'declared'>,
): Tristate {
  const { key } = requirement;
  if (key !== NAMESPACE_NAME_LABEL && !declared) {
    return 'unknown';
  }
  return meets(requirement, key === NAMESPACE_NAME_LABEL ? name : labels[key]) ? 'yes' : 'no';
}

export function meetsAllInNamespace(
  requirements: readonly LabelSelectorRequirement[],
  namespace: Pick<Namespace, 'name' | 'labels' | 'declared'>,
): Tristate {
  return allOf(requirements.map((requirement) => meetsInNamespace(requirement, namespace)));
}

/** Whether a selector has requirements and all of them are `NotIn` or `DoesNotExist`. */
export function isNegative(selector: LabelSelector): boolean {
  const requirements = requirementsOf(selector);
  return (
    requirements.length > 0 &&
    requirements.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')
  );
}

/** Whether `wide` matches everything that `narrow` matches; `false` also where that is hard to tell. */
export function impliesSelector(narrow: LabelSelector, wide: LabelSelector): boolean {
  return impliesAll(requirementsOf(narrow), requirementsOf(wide));
}

export function impliesAll(
  narrow: readonly LabelSelectorRequirement[],
  wide: readonly LabelSelectorRequirement[],
): boolean {
  return wide.every((wanted) => narrow.some((each) => implies(each, wanted)));
}

function implies(narrow: LabelSelectorRequirement, wide: LabelSelectorRequirement): boolean {
  if (narrow.key !== wide.key) {
    return false;
  }
  const { operator, values = [] } = narrow;
  switch (operator) {
    case 'In':
      return values.every((value) => meets(wide, value));
    case 'NotIn':
      return wide.operator === 'NotIn' && (wide.values ?? []).every((value) => listIncludes(values, value));
    case 'Exists':
      return wide.operator === 'Exists';
    default:
      return meets(wide, undefined);
  }
}
