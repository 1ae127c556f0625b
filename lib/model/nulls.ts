import type { LabelSelector } from './label-selector';
import type { Labels } from './labels';
import type { NetworkPolicy, NetworkPolicySpec } from './network-policy';
import { isPlainObject } from './problem';

/*
 * The one place that says what null means. The API server reads it as Go's zero value: a field is left out; a label, an
 * annotation or a value of a selector is empty text; any other entry of a list is `{}`. A value without null is returned
 * as it is.
 */

/**
 * The same policy without null in its spec, its labels and its annotations.
 *
 * @param policy that the API server would accept
 */
export function withoutNulls(policy: NetworkPolicy): NetworkPolicy {
  const { metadata, spec } = policy;
  const { labels, annotations } = metadata;
  if (![labels, annotations, spec].some(hasNull)) {
    return policy;
  }
  return {
    ...policy,
    metadata: {
      ...metadata,
      ...(labels === undefined ? {} : { labels: textsWithoutNulls(labels) }),
      ...(annotations === undefined ? {} : { annotations: textsWithoutNulls(annotations) }),
    },
    spec: specWithoutNulls(spec),
  };
}

/** The same for a spec that the API server would accept; empty if there is none. */
export function specWithoutNulls(spec: NetworkPolicySpec | null | undefined): NetworkPolicySpec {
  return hasNull(spec) ? (withZeros(spec ?? {}, 'spec') as NetworkPolicySpec) : (spec ?? {});
}

/** The same for a selector that the API server would accept. */
export function selectorWithoutNulls(selector: LabelSelector): LabelSelector {
  return hasNull(selector) ? (withZeros(selector, 'selector') as LabelSelector) : selector;
}

/** The same for labels or annotations; empty for null. */
export function textsWithoutNulls(texts: Labels | null): Labels {
  return hasNull(texts)
    ? Object.fromEntries(Object.entries(texts ?? {}).map(([key, value]) => [key, value ?? '']))
    : (texts ?? {});
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value === null;
  }
  return Array.isArray(value) ? value.some(hasNull) : Object.values(value).some(hasNull);
}

/** @param field the name of the field that has the value */
function withZeros(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    const zero = field === 'values' ? '' : {};
    return value.map((entry) => (entry === null ? zero : withZeros(entry, field)));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  if (field === 'matchLabels') {
    return textsWithoutNulls(value as Labels);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, each === null ? EMPTY_PARTS[key] : withZeros(each, key)])
      .filter(([, each]) => each !== undefined),
  );
}

/** The empty parts of a selector are kept, because a blank selector is worth a finding. */
const EMPTY_PARTS: Readonly<Record<string, unknown>> = { matchLabels: {}, matchExpressions: [] };
