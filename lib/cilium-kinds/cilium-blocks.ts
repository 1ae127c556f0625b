import { type Cidr, formatCidr, isStrictSubset, readCidr } from '../model/cidr';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { AddressPeer } from '../model/policy-rules';
import type { CiliumParts } from './cilium-parts';
import { readFields, readList, readText, Unread } from './unread';

/** An entry of `fromCIDR` or `toCIDR`. */
export function readBlock(value: unknown, at: FieldPath): AddressPeer {
  return { kind: 'addresses', cidr: readBlockText(value, at), except: [], at, blockAt: at };
}

/** An entry of `fromCIDRSet` or `toCIDRSet`: one block, or those of a group. */
export function readBlocks(value: unknown, at: FieldPath, { groups, hasEvery }: CiliumParts): AddressPeer[] {
  const { cidr, cidrGroupRef, except = [] } = readFields(value, at, ['cidr', 'cidrGroupRef', 'except']);
  const exceptions = readList(except, fieldIn(at, 'except'), readBlockText);
  if (cidrGroupRef === undefined) {
    const block = readBlock(cidr, at);
    if (!exceptions.every((each) => isIn(each, block.cidr))) {
      throw new Unread(fieldIn(at, 'except'));
    }
    return [{ ...block, except: exceptions }];
  }
  const group = readText(cidrGroupRef, fieldIn(at, 'cidrGroupRef'), /^[-.a-z0-9]{1,253}$/);
  // A group that the cluster does not have has no addresses.
  const cidrs = groups.has(group) || hasEvery === undefined ? groups.get(group)?.cidrs : [];
  if (cidr !== undefined || cidrs === undefined) {
    throw new Unread(fieldIn(at, 'cidrGroupRef'));
  }
  return cidrs
    .filter((each) => !exceptions.some((exception) => isIn(each, exception)))
    .map((each) => ({
      ...readBlock(each, at),
      except: exceptions.filter((exception) => isIn(exception, each)),
    }));
}

/** A CIDR that every version of Cilium reads alike. */
export function readBlockText(value: unknown, at: FieldPath): string {
  const text = readText(value, at, /^[0-9A-Fa-f.:]+\/[0-9]+$/);
  const cidr = readCidr(text);
  if (cidr === undefined || cidr.flaw !== undefined) {
    throw new Unread(at);
  }
  return text;
}

function isIn(inner: string, outer: string): boolean {
  const [a, b] = [readCidr(inner) as Cidr, readCidr(outer) as Cidr];
  return isStrictSubset(a, b) || formatCidr(a) === formatCidr(b);
}
