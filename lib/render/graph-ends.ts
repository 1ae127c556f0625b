import { type Workload, workloadKey } from '../model/cluster';
import { countOne, remember } from '../model/collections';
import { describeEntryPoint } from '../model/entry-points';
import { describeNotBuilt } from '../model/inventory';
import { IpSet } from '../model/ip-set';
import { firstWords, NAMED } from '../model/word-list';
import {
  describePossible,
  describePossibleThere,
  type Member,
  type Party,
} from '../reachability/answers/parties';
import { nameOfMember, PartyWords } from '../reachability/answers/party-words';
import type { GraphLevel, GraphNodeKind } from './graph';
import type { Edge, EdgeEnd, Scene } from './listing';

export type EdgeSide = 'from' | 'to';

/** A node before it has an id. */
export interface DraftNode {
  /** The same for the same ends, and unique. */
  readonly key: string;
  readonly kind: GraphNodeKind;
  readonly box?: string;
  /** What it is called: several for a group. */
  readonly labels: Set<string>;
  /** All that it stands for. */
  readonly names: Set<string>;
  readonly side?: EdgeSide;
  /** Set for any pod, and for every address. */
  readonly whole?: 'pods' | 'addresses';
}

/** Who is outside of all namespaces. */
type OutsideKind = 'addresses' | 'hosts' | 'possible' | 'unknown';

/** What each level knows of all edges. */
export interface EndGroups {
  /** The group of each workload by the name of the member, for the level of groups. */
  readonly groups?: ReadonlyMap<string, number>;
  /** How many parties there are of each kind and side, for the level of namespaces. */
  readonly outside?: ReadonlyMap<string, number>;
}

/** So many parties of a kind stand for themselves at the level of namespaces; more share a node. */
const MOST_OUTSIDE = 4;

/** Who is drawn as which node, at one level. */
export class GraphEnds {
  private readonly drafts = new Map<string, DraftNode>();
  private readonly known = {
    from: new Map<EdgeEnd, readonly DraftNode[]>(),
    to: new Map<EdgeEnd, readonly DraftNode[]>(),
  };
  private readonly members = new Map<Member, DraftNode>();
  /** The nodes of each workload: several if its pods are told apart. */
  private readonly byWorkload = new Map<string, Set<DraftNode>>();
  private readonly words: PartyWords;
  private boxed = 0;

  public constructor(
    private readonly level: GraphLevel,
    scene: Pick<Scene, 'workloads' | 'addresses'> = { workloads: [], addresses: IpSet.ALL },
    private readonly by: EndGroups = {},
  ) {
    this.words = new PartyWords(scene.workloads, scene.addresses);
  }

  public get nodes(): readonly DraftNode[] {
    return [...this.drafts.values()];
  }

  /** How many nodes are in boxes: they are shown whatever becomes of lines. */
  public get inBoxes(): number {
    return this.boxed;
  }

  /** The nodes that an end stands for; the same array for the same end. */
  public of(end: EdgeEnd, side: EdgeSide): readonly DraftNode[] {
    return remember(this.known[side], end, () => [...new Set(this.find(end, side))]);
  }

  public member(member: Member): DraftNode {
    return remember(this.members, member, () => {
      const { workload } = member;
      const name = nameOfMember(member);
      const node =
        this.level === 'namespaces' ? this.namespace(workload.namespace, name) : this.inBox(member, name);
      remember(this.byWorkload, workloadKey(workload), () => new Set()).add(node);
      return node;
    });
  }

  /** Those nodes of a workload that are there. */
  public existing(workload: Workload): readonly DraftNode[] {
    return [...(this.byWorkload.get(workloadKey(workload)) ?? [])];
  }

  /** The node of all pods of a workload, if it is there. */
  public wholeOf(workload: Workload): DraftNode | undefined {
    const name = nameOfMember({ workload });
    return this.existing(workload).find(({ names }) => names.has(name));
  }

  /** A node for several others, with the names of all. */
  public crowd(
    kind: 'every' | 'everybody',
    label: string,
    members: readonly DraftNode[],
    place: Pick<DraftNode, 'box' | 'side'>,
  ): DraftNode {
    const names = members.flatMap((each) => [...each.names]);
    return this.node(`${kind} ${place.box ?? place.side} ${label}`, { kind, ...place }, label, names);
  }

  private inBox({ workload, pods }: Member, name: string): DraftNode {
    const { namespace, assumed } = workload;
    const group = this.by.groups?.get(name);
    const own = pods === undefined ? workload.name : `${workload.name} (pods ${firstWords(pods)})`;
    return this.node(
      `workload ${group === undefined ? `${workloadKey(workload)} ${name}` : `in group ${group}`}`,
      { kind: assumed === true ? 'assumed' : 'workload', box: namespace },
      assumed === true ? `${own} (AKS)` : own,
      [name],
    );
  }

  private *find(end: EdgeEnd, side: EdgeSide): Generator<DraftNode> {
    if ('entryPoint' in end) {
      yield this.door(end.entryPoint);
    } else if ('notBuilt' in end) {
      yield this.outsider('unknown', describeNotBuilt(end.notBuilt), side);
    } else {
      yield* this.party(end, side);
    }
  }

  private door(entryPoint: Parameters<typeof describeEntryPoint>[0]): DraftNode {
    const { kind, type, namespace, name, gateways = [] } = entryPoint;
    const full = describeEntryPoint(entryPoint);
    const through = gateways.length === 0 ? '' : ` (${firstWords(gateways)})`;
    return this.level === 'namespaces'
      ? this.namespace(namespace, full)
      : this.node(`door ${full}`, { kind: 'door', box: namespace }, `${type ?? kind} ${name}${through}`, [
          full,
        ]);
  }

  private *party(party: Party, side: EdgeSide): Generator<DraftNode> {
    const { workloads, addresses, possible, names } = party;
    if (names !== undefined) {
      yield* names.map((name) => this.outsider('hosts', name, side));
    } else if (addresses !== undefined) {
      const isAll = this.words.isEveryAddress(party);
      const label = this.words.party(party);
      yield this.outsider('addresses', label, side, addresses.ranges(), isAll ? 'addresses' : undefined);
    } else if (possible !== undefined) {
      const { namespace } = possible.set;
      const full = describePossible(possible);
      yield namespace === undefined
        ? this.outsider(
            'possible',
            describePossible(possible, NAMED),
            side,
            [full],
            this.words.isAnyPod(party) ? 'pods' : undefined,
          )
        : this.level === 'namespaces'
          ? this.namespace(namespace, full)
          : this.node(
              `possible ${full}`,
              { kind: 'possible', box: namespace },
              describePossibleThere(possible, NAMED),
              [full],
            );
    } else if (workloads.length === 0) {
      yield this.node(`nobody ${side}`, { kind: 'unknown', side }, NOBODY_KNOWN, [NOBODY_KNOWN]);
    } else {
      yield* workloads.map((member) => this.member(member));
    }
  }

  private outsider(
    kind: OutsideKind,
    label: string,
    side: EdgeSide,
    names: readonly string[] = [label],
    whole?: DraftNode['whole'],
  ): DraftNode {
    const many = this.by.outside?.get(`${kind} ${side}`) ?? 0;
    return many > MOST_OUTSIDE && whole === undefined
      ? this.node(`${kind} ${side}`, { kind, side }, `${MANY[kind]} (\u00d7${many})`, names)
      : this.node(
          `${kind} ${side} ${names.join()}`,
          { kind, side, ...(whole === undefined ? {} : { whole }) },
          label,
          names,
        );
  }

  private namespace(name: string, ...names: readonly string[]): DraftNode {
    return this.node(`namespace ${name}`, { kind: 'namespace' }, name, names);
  }

  private node(
    key: string,
    draft: Omit<DraftNode, 'key' | 'names' | 'labels'>,
    label: string,
    names: readonly string[],
  ): DraftNode {
    const node = remember(this.drafts, key, (): DraftNode => {
      this.boxed += draft.box === undefined ? 0 : 1;
      return { key, ...draft, labels: new Set(), names: new Set() };
    });
    node.labels.add(label);
    for (const name of names) {
      node.names.add(name);
    }
    return node;
  }
}

/** Where an entry point leads if nobody is known behind it. */
const NOBODY_KNOWN = 'no known workload';

const MANY: Readonly<Record<OutsideKind, string>> = {
  addresses: 'addresses',
  hosts: 'host names',
  possible: 'pods that could be there',
  unknown: 'what is not built',
};

/** How many parties are outside of all namespaces, by kind and side. */
export function countOutside(edges: readonly Edge[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const drawn = new GraphEnds('workloads');
  const seen = new Set<DraftNode>();
  for (const edge of edges) {
    for (const side of ['from', 'to'] as const) {
      for (const node of isOutside(edge[side]) ? drawn.of(edge[side], side) : []) {
        if (node.side !== undefined && !seen.has(node)) {
          seen.add(node);
          countOne(counts, `${node.kind} ${side}`);
        }
      }
    }
  }
  return counts;
}

function isOutside(end: EdgeEnd): boolean {
  return !('entryPoint' in end) && !('workloads' in end && end.workloads !== undefined);
}
