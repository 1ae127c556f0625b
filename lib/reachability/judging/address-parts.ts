import { IpSet } from '../../model/ip-set';
import type { Group } from './groups';

/** The parts of a set of addresses: each is wholly inside or wholly outside each IP block of a group. */
export function splitByRules(set: IpSet, { rules }: Group): IpSet[] {
  const blocks = rules.flatMap(({ rule: { peers = [] } }) =>
    peers.flatMap(({ actual: { addresses: each } }) =>
      each.isExact ? [each.sure] : [each.sure, each.possible],
    ),
  );
  return blocks.reduce(
    (parts, block) =>
      parts.flatMap((part) => [part.and(block), part.without(block)]).filter((p) => !p.isEmpty),
    [set.and(IpSet.IPV4), set.and(IpSet.IPV6)].filter((part) => !part.isEmpty),
  );
}
