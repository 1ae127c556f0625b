import type { PolicyEntry } from '../model/cluster';
import { type FieldPath, valueAt } from '../model/field-path';
import type { PodPeer, TrafficPeer } from '../model/policy-rules';
import { isPlainObject } from '../model/problem';

/** Peers of which another object, and no policy, says whom they mean. */

/** Whether a service means the pods, so that the policy has no selector of them. */
export function isOfService({ at }: PodPeer): boolean {
  return at.at(-2) === 'toServices';
}

/** Whether a group of blocks stands in the place of a block. */
export function isOfGroup({ written }: PolicyEntry, blockAt: FieldPath): boolean {
  const block = valueAt(written, blockAt);
  return isPlainObject(block) && 'cidrGroupRef' in block;
}

export function isElsewhere(policy: PolicyEntry, peer: TrafficPeer): boolean {
  return peer.kind === 'pods'
    ? isOfService(peer)
    : peer.kind === 'addresses' && isOfGroup(policy, peer.blockAt);
}
