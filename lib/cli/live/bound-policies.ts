import { defined } from '../../model/defined';
import type { ManagedPolicy } from '../../plan/any-policy';
import type { PolicyPair } from '../../plan/policy-pairs';
import { type ObjectVersion, versionOf } from '../../plan/policy-plan';
import { withoutServerFields } from '../../plan/server-fields';

/**
 * The version of a policy that must not be there. The API server compares versions only where there is an object, and
 * never gives one this version: etcd counts from 1, and its first writing is 2.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go, Store.Update
 */
const NOT_THERE: ObjectVersion = { resourceVersion: '1' };

/** The policies as they are sent: bound to the version that was read, or to there being none. */
export function boundTo(pairs: readonly PolicyPair[]): readonly ManagedPolicy[] {
  return pairs.map(({ policy, there }) => {
    const written = withoutServerFields({ ...policy.written }) as unknown as ManagedPolicy['written'];
    const version = there === undefined ? NOT_THERE : versionOf(there);
    const { namespace: _, ...metadata } = written.metadata;
    const place = defined({ namespace: policy.namespace });
    return {
      ...policy,
      written: { ...written, metadata: { ...metadata, ...place, ...version } },
    } as ManagedPolicy;
  });
}
