import type { Workload } from '../model/cluster';
import { remember } from '../model/collections';
import type { Member, Party } from '../reachability/answers/parties';
import { nameOfMember } from '../reachability/answers/party-words';
import type { Edge, EdgeEnd } from './listing';

/**
 * The edges of several workloads that exchange the same with the same as one: a listing may have a row for each
 * workload.
 */
export function joinEdges(edges: readonly Edge[]): readonly Edge[] {
  const joined = new Map<
    EdgeEnd,
    Map<string, { readonly edge: Edge; members: Member[]; end: 'from' | 'to' }>
  >();
  const rest: Edge[] = [];
  for (const edge of edges) {
    const end = isAlone(edge.from) ? 'from' : isAlone(edge.to) ? 'to' : undefined;
    if (end === undefined) {
      rest.push(edge);
      continue;
    }
    const other = edge[end === 'from' ? 'to' : 'from'];
    const groups = remember(joined, other, () => new Map());
    const key = `${end} ${edge.mark} ${edge.stays === true} ${edge.ports.key}`;
    remember(groups, key, () => ({ edge, members: [], end })).members.push(
      ...((edge[end] as Party).workloads ?? []),
    );
  }
  for (const groups of joined.values()) {
    for (const { edge, members, end } of groups.values()) {
      rest.push(members.length === 1 ? edge : { ...edge, [end]: { workloads: members } });
    }
  }
  return rest;
}

function isAlone(end: EdgeEnd): boolean {
  return 'workloads' in end && end.workloads?.length === 1;
}

/**
 * The group of each workload, by the name of the member: in a group are those of a namespace that are at the same ends of
 * the same edges. Each set that an edge names divides the groups that it cuts.
 */
export function groupsIn(
  edges: readonly Edge[],
  workloads: readonly Workload[],
): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  const bases = new Map<string, number>();
  let next = 0;
  const base = ({ workload: { namespace, assumed } }: Member) =>
    remember(bases, `${namespace} ${assumed === true}`, () => next++);
  const names = new Map<Member, string>();
  const nameOf = (member: Member) => remember(names, member, () => nameOfMember(member));
  for (const workload of workloads) {
    groups.set(nameOfMember({ workload }), base({ workload }));
  }
  const seen = new Set<EdgeEnd>();
  for (const end of edges.flatMap(({ from, to }) => [from, to])) {
    if (seen.has(end) || !('workloads' in end) || end.workloads === undefined) {
      continue;
    }
    seen.add(end);
    const divided = new Map<number, number>();
    for (const member of end.workloads) {
      const name = nameOf(member);
      const before = groups.get(name) ?? base(member);
      groups.set(
        name,
        remember(divided, before, () => next++),
      );
    }
  }
  return groups;
}
