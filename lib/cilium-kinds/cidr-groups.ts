import { fieldIn } from '../model/field-path';
import { isPlainObject } from '../model/problem';
import { readBlockText } from './cilium-blocks';
import type { CidrGroup, CiliumParts } from './cilium-parts';
import { readFields, readList, Unread } from './unread';

/**
 * Every CiliumCIDRGroup by its name. Of several with one name nobody knows which one the cluster has.
 *
 * @param objects as they are written
 */
export function readGroups(objects: readonly Readonly<Record<string, unknown>>[]): CiliumParts['groups'] {
  const groups = new Map<string, CidrGroup>();
  for (const { metadata, spec } of objects) {
    const { name } = isPlainObject(metadata) ? metadata : {};
    if (typeof name === 'string') {
      const cidrs = cidrsIn(spec);
      const known = groups.get(name);
      const isSame = !groups.has(name) || JSON.stringify(known) === JSON.stringify(cidrs);
      groups.set(name, isSame ? cidrs : undefined);
    }
  }
  return groups;
}

function cidrsIn(spec: unknown): CidrGroup {
  try {
    const { externalCIDRs } = readFields(spec, ['spec'], ['externalCIDRs']);
    const cidrs = readList(externalCIDRs, fieldIn(['spec'], 'externalCIDRs'), readBlockText);
    // Every address is also the world's, and then only some of them are the group's.
    return cidrs.some((each) => each.endsWith('/0')) ? undefined : cidrs;
  } catch (error) {
    if (error instanceof Unread) {
      return undefined;
    }
    throw error;
  }
}
