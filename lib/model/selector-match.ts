import type { LabelSelector, LabelSelectorRequirement } from './label-selector';

/** Every requirement of a selector, `matchLabels` written as `In` with one value. */
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
 * Whether one label meets a requirement; `undefined` is a missing label, which NotIn and DoesNotExist match.
 *
 * @see kubernetes apimachinery pkg/labels/selector.go, Requirement.Matches
 */
export function meets({ operator, values }: LabelSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** Whether a selector has requirements and all of them are `NotIn` or `DoesNotExist`. */
export function isNegative(selector: LabelSelector): boolean {
  const requirements = requirementsOf(selector);
  return (
    requirements.length > 0 &&
    requirements.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')
  );
}
