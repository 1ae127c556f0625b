import type { Labels } from '../model/labels';
import { textsWithoutNulls } from '../model/nulls';
import { isMap } from '../model/problem';

/** What the API server writes into metadata by itself; it would refuse or ignore it in a new object. */
const SERVER_FIELDS: readonly string[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/**
 * What people write, each with what it is when it is empty; any other field stays, so that whoever judges the policy
 * sees it.
 */
const EMPTY: Readonly<Record<string, unknown>> = {
  name: '',
  namespace: '',
  generateName: '',
  labels: {},
  annotations: {},
  ownerReferences: [],
  finalizers: [],
};

/** kubectl's note of what it applied last: a copy of the object, which it writes anew. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A policy as a person would have written it: without `status`, without what the server and kubectl write into its
 * metadata, and without metadata that is empty.
 */
export function withoutServerFields(policy: Fields): Fields {
  const fields = Object.entries(policy).filter(([key]) => key !== 'status');
  return Object.fromEntries(
    fields.map(([key, value]) => [key, key === 'metadata' ? ownMetadata(value) : value]),
  );
}

function ownMetadata(metadata: unknown): unknown {
  if (!isMap(metadata, [], [])) {
    return metadata;
  }
  const own = Object.entries(metadata)
    .filter(([key]) => !SERVER_FIELDS.includes(key))
    .map(([key, value]) => [key, key === 'annotations' ? withoutLastApplied(value) : value] as const)
    .filter(([key, value]) => !isEmpty(key, value))
    .map(([key, value]) => [key, key === 'labels' || key === 'annotations' ? texts(value) : value]);
  return Object.fromEntries(own);
}

function withoutLastApplied(annotations: unknown): unknown {
  return isMap(annotations, [], [])
    ? Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED))
    : annotations;
}

function texts(map: unknown): unknown {
  return isMap(map, [], []) ? textsWithoutNulls(map as Labels) : map;
}

function isEmpty(field: string, value: unknown): boolean {
  return (
    Object.hasOwn(EMPTY, field) && (value === null || JSON.stringify(value) === JSON.stringify(EMPTY[field]))
  );
}
