import { SERVER_METADATA } from '../model/check-policy';
import type { Labels } from '../model/labels';
import { textsWithoutNulls } from '../model/nulls';
import { isPlainObject } from '../model/problem';

/** The fields of metadata that people write, with their empty values. Unknown fields are kept, so that a check finds them. */
const EMPTY: Readonly<Record<string, unknown>> = {
  name: '',
  namespace: '',
  generateName: '',
  labels: {},
  annotations: {},
  ownerReferences: [],
  finalizers: [],
};

/** The annotation in which kubectl keeps a copy of what it applied last. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A policy as a person would write it: without `status`, without metadata that the server and kubectl add, and without
 * empty metadata.
 */
export function withoutServerFields(policy: Fields): Fields {
  const fields = Object.entries(policy).filter(([key]) => key !== 'status');
  return Object.fromEntries(
    fields.map(([key, value]) => [key, key === 'metadata' ? ownMetadata(value) : value]),
  );
}

function ownMetadata(metadata: unknown): unknown {
  if (!isPlainObject(metadata)) {
    return metadata;
  }
  const own = Object.entries(metadata)
    .filter(([key]) => !SERVER_METADATA.includes(key))
    .map(
      ([key, value]) => [key, key === 'labels' || key === 'annotations' ? ownTexts(value) : value] as const,
    )
    .filter(([key, value]) => !isEmpty(key, value));
  return Object.fromEntries(own);
}

/** Labels or annotations without kubectl's, and without null. */
function ownTexts(texts: unknown): unknown {
  if (!isPlainObject(texts)) {
    return texts;
  }
  const { [LAST_APPLIED]: _, ...own } = textsWithoutNulls(texts as Labels);
  return own;
}

function isEmpty(field: string, value: unknown): boolean {
  return (
    Object.hasOwn(EMPTY, field) && (value === null || JSON.stringify(value) === JSON.stringify(EMPTY[field]))
  );
}
