import { canonicalText } from '../model/canonical-text';
import type { PolicyObject } from '../model/cluster';
import type { NetworkPolicy } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import { isPlainObject } from '../model/problem';
import type { SourcePosition } from '../model/source-position';
import { storedSpec } from '../model/stored-spec';
import { type CiliumObject, isCiliumPolicy, type ManagedPolicy } from './any-policy';
import type { PolicyPair } from './policy-pairs';

/** What a policy says, in the fields and the form in which the API server stores them. */
export function storedFields(policy: ManagedPolicy): Readonly<Record<string, unknown>> {
  if (!isCiliumPolicy(policy)) {
    return { spec: storedSpec(policy.written.spec) };
  }
  const { spec, specs } = policy.written as CiliumObject;
  return Object.fromEntries(
    Object.entries({ spec, specs })
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, storedCilium(value)]),
  );
}

/**
 * A part of a policy of Cilium's kinds as the API server stores it by its schema: without null, and with the one default
 * that the schema has, the family of ICMP messages. Empty lists stay, because they mean something to Cilium.
 *
 * @see cilium v1.19.5, pkg/k8s/apis/cilium.io/client/crds/v2, read 2026-11-30
 */
function storedCilium(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((each) => storedCilium(each));
    return key === 'fields'
      ? entries.map((each) => (isPlainObject(each) ? { family: 'IPv4', ...each } : each))
      : entries;
  }
  return isPlainObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== null && each !== undefined)
          .map(([name, each]) => [name, storedCilium(each, name)]),
      )
    : value;
}

/**
 * A policy as the server would store it. If the server refuses it: as it is written, with the labels and annotations of
 * the policy in the cluster, because no apply removes those.
 *
 * @param stored the server's answer; left out if it refuses
 */
export function asStored({ policy, there }: PolicyPair, stored?: ManagedPolicy): ManagedPolicy {
  if (isCiliumPolicy(policy)) {
    const written = stored?.written ?? { ...policy.written, ...metadataOnTopOf(there, policy) };
    const result = stored === undefined || !isCiliumPolicy(stored) ? { ...policy, written } : { ...stored };
    return withSource(result, sourceOf(policy, result));
  }
  const result = (stored?.written as NetworkPolicy | undefined) ?? {
    ...policy.written,
    ...metadataOnTopOf(there, policy),
    spec: storedSpec(policy.written.spec),
  };
  const entry = networkPolicyEntry(result, policy);
  return withSource(entry, sourceOf(policy, entry));
}

function withSource<P extends ManagedPolicy>(policy: P, source: SourcePosition | undefined): P {
  const { source: _, ...rest } = policy;
  return (source === undefined ? rest : { ...rest, source }) as P;
}

/** If the result has what others manage, its program did not write all of it; what the program accepts then does not count. */
function sourceOf(policy: ManagedPolicy, result: ManagedPolicy): SourcePosition | undefined {
  const { program, ...place } = policy.source ?? {};
  const isAsWritten = canonicalText(storedFields(policy)) === canonicalText(storedFields(result));
  return program === undefined || isAsWritten ? policy.source : place;
}

function metadataOnTopOf(
  there: ManagedPolicy | undefined,
  { written: { metadata } }: ManagedPolicy,
): Pick<PolicyObject, 'metadata'> {
  const kept = (field: 'labels' | 'annotations') =>
    there?.written.metadata[field] === undefined
      ? {}
      : { [field]: { ...there.written.metadata[field], ...metadata[field] } };
  return { metadata: { ...metadata, ...kept('labels'), ...kept('annotations') } };
}
