import type { CidrGroup } from '../model/cluster';
import { compare } from '../model/collections';
import { defined } from '../model/defined';
import { fieldIn } from '../model/field-path';
import { isPlainObject } from '../model/problem';
import { readBlockText } from './cilium-blocks';
import { readFields, readList, Unread } from './unread';

/**
 * Every CiliumCIDRGroup, by its name. Of several with one name nobody knows which one the cluster has.
 *
 * @param objects as they are written
 */
export function readGroups(objects: readonly Readonly<Record<string, unknown>>[]): readonly CidrGroup[] {
  const groups = new Map<string, CidrGroup>();
  for (const { metadata, spec } of objects) {
    const { name } = isPlainObject(metadata) ? metadata : {};
    if (typeof name === 'string') {
      const group: CidrGroup = { name, ...defined({ cidrs: cidrsIn(spec) }) };
      const known = groups.get(name) ?? group;
      groups.set(name, JSON.stringify(known) === JSON.stringify(group) ? group : { name });
    }
  }
  return [...groups.values()].sort((a, b) => compare(a.name, b.name));
}

function cidrsIn(spec: unknown): CidrGroup['cidrs'] {
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
