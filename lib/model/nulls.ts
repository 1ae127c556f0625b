import type { LabelSelector } from './label-selector';
import type { NetworkPolicy, NetworkPolicySpec } from './network-policy';
import { isPlainObject } from './problem';

/**
 * The policy without null in its spec. As the API server reads null as Go's zero value, a field is left out, a label or a
 * value of a selector becomes empty text, and any other entry of a list `{}`. A policy without null is returned as it is.
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

/** @param field the name of the field that has the value */
function filled(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    const zero = field === 'values' ? '' : {};
    return value.map((entry) => (entry === null ? zero : filled(entry, field)));
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

/** The empty parts of a selector are kept, because a blank selector is worth a finding. */
const EMPTY_PARTS: Readonly<Record<string, unknown>> = { matchLabels: {}, matchExpressions: [] };
