import { IpSet } from '../model/ip-set';
import type { AddressPeer } from '../model/policy-rules';
import type { LintContext } from './context';
import type { GroupReach } from './group-reach';

/**
 * The addresses that the rules for some workloads write down as IP blocks, to ask the evaluator what is open there.
 *
 * @param of what counts of a block; left out: all of it
 */
export function namedAddresses(
  { policies, direction }: GroupReach,
  context: LintContext,
  of: (block: IpSet) => IpSet = (block) => block,
): IpSet {
  return policies
    .flatMap((policy) => context.allowing(policy, direction))
    .flatMap(({ peers = [] }) => peers.filter((peer): peer is AddressPeer => peer.kind === 'addresses'))
    .reduce((all, peer) => all.or(of(IpSet.ofBlock(peer))), IpSet.NONE);
}
