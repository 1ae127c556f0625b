import { remembered } from '../../model/collections';
import { workloadNameOf } from './crowd';
import { describePossible, type Party } from './parties';
import { nameOfMember } from './party-words';

/**
 * All names of a party, `shop/web`, `shop/web (pods web-0, web-1)`, `10.0.0.0/8`; each name is written once. Rows share
 * their parties, and parties their workloads: 3.3 million names of 10,000 in a large cluster.
 */
export function partyNames(): (party: Party) => readonly string[] {
  const nameOfWorkload = remembered(workloadNameOf);
  return remembered(({ workloads, addresses, possible, names }) =>
    workloads === undefined
      ? names !== undefined
        ? names
        : possible === undefined
          ? addresses.ranges()
          : [describePossible(possible)]
      : workloads.map((member) =>
          member.pods === undefined ? nameOfWorkload(member.workload) : nameOfMember(member),
        ),
  );
}
