import type { Workload } from '../model/cluster';
import { countOne, remember } from '../model/collections';
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
 *
 * @param shown workloads that may be at no end
 * @param most how many groups are of use; undefined is returned if there are more
 */
export function groupsIn(
  edges: readonly Edge[],
  shown: readonly Workload[],
  most: number,
): ReadonlyMap<string, number> | undefined {
  const groups = new Groups();
  for (const workload of shown) {
    groups.divide([{ workload }], false);
  }
  const seen = new Set<EdgeEnd>();
  for (const { from, to } of edges) {
    for (const end of [from, to]) {
      if ('workloads' in end && end.workloads !== undefined && !seen.has(end)) {
        seen.add(end);
        groups.divide(end.workloads, true);
      }
    }
    if (groups.size > most) {
      return undefined;
    }
  }
  return groups.byName;
}

class Groups {
  public readonly byName = new Map<string, number>();
  /** How many members each group has; those that have none are gone. */
  private readonly sizes = new Map<number, number>();
  private readonly bases = new Map<string, number>();
  private readonly names = new Map<Workload, string>();
  private next = 0;

  public get size(): number {
    return this.sizes.size;
  }

  /** @param isSet whether the members are a set that an edge names, and not only there */
  public divide(members: readonly Member[], isSet: boolean): void {
    const divided = new Map<number, number>();
    for (const member of members) {
      const name = this.nameOf(member);
      const before = this.byName.get(name) ?? this.join(member, name);
      if (isSet) {
        const size = (this.sizes.get(before) as number) - 1;
        if (size === 0) {
          this.sizes.delete(before);
        } else {
          this.sizes.set(before, size);
        }
        const after = remember(divided, before, () => this.next++);
        this.byName.set(name, after);
        countOne(this.sizes, after);
      }
    }
  }

  /** Nobody has been divided from the others of its namespace at first. */
  private join({ workload: { namespace, assumed } }: Member, name: string): number {
    const base = remember(this.bases, `${namespace} ${assumed === true}`, () => this.next++);
    this.byName.set(name, base);
    countOne(this.sizes, base);
    return base;
  }

  private nameOf(member: Member): string {
    return member.pods === undefined
      ? remember(this.names, member.workload, () => nameOfMember(member))
      : nameOfMember(member);
  }
}
