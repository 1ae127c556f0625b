import type { Workload } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import type { Member, Party } from './parties';

/** Parties of one kind as one: all of their workloads, or all of their addresses. */
export function uniteParties(parties: readonly Party[]): Party {
  const members = parties.flatMap(({ workloads = [] }) => workloads);
  return members.length === 0
    ? { addresses: IpSet.union(parties.map(({ addresses = IpSet.NONE }) => addresses)) }
    : { workloads: eachOnce(members) };
}

/** Of a workload of which several parties have pods, all of these. */
function eachOnce(members: readonly Member[]): readonly Member[] {
  const found = new Map<Workload, Member>();
  for (const member of members) {
    const { workload, pods } = member;
    const before = found.get(workload);
    found.set(
      workload,
      before === undefined
        ? member
        : before.pods === undefined || pods === undefined
          ? { workload }
          : { workload, pods: [...new Set([...before.pods, ...pods])].sort() },
    );
  }
  return [...found.values()];
}
