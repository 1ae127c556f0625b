import type { LabelSelector } from './label-selector';
import type { NetworkPolicy, NetworkPolicySpec } from './network-policy';
import { isPlainObject } from './problem';

/**
 * The same policy without null in its spec, which the API server reads as Go's zero value: a field is left out, a
 * label or a value of a selector is empty text, and any other entry of a list is `{}`. So nobody behind the reader
 * meets a null. A policy that has none is given back as it is.
 *
 * @param policy that the API server would accept
 */
export function withoutNulls(policy: NetworkPolicy): NetworkPolicy {
  return hasNull(policy.spec)
    ? { ...policy, spec: filled(policy.spec ?? {}, 'spec') as NetworkPolicySpec }
    : policy;
}

/** The same for a selector that the API server would accept. */
export function selectorWithoutNulls(selector: LabelSelector): LabelSelector {
  return hasNull(selector) ? (filled(selector, 'selector') as LabelSelector) : selector;
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value === null;
  }
  return Array.isArray(value) ? value.some(hasNull) : Object.values(value).some(hasNull);
}

/** @param field under which the value stands */
function filled(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => (entry === null ? zeroIn(field) : filled(entry, field)));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const isLabels = field === 'matchLabels';
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, each === null ? (isLabels ? '' : EMPTY_PARTS[key]) : filled(each, key)])
      .filter(([, each]) => each !== undefined),
  );
}

/** The parts of a selector are written as they mostly come, because one without any labels is worth a finding. */
const EMPTY_PARTS: Readonly<Record<string, unknown>> = { matchLabels: {}, matchExpressions: [] };

/** What null stands for among the entries of a list. */
function zeroIn(field: string): unknown {
  return field === 'values' ? '' : {};
}
