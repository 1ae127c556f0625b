import { remember } from '../model/collections';
import { PortSet } from '../model/port-set';
import type { GraphEdge } from './graph';
import type { DraftNode, EdgeSide } from './graph-ends';
import type { Edge } from './listing';

type Mark = Edge['mark'];

/** For each sender the receivers, and for these the ports. */
type Table = Map<DraftNode, Map<DraftNode, PortSet>>;

/** A line of a picture, before its ends have ids. */
export interface DraftLine {
  readonly from: DraftNode;
  readonly to: DraftNode;
  readonly kind: GraphEdge['kind'];
  readonly ports: GraphEdge['ports'];
  /** How many edges of the listing are between the two, for lines that were not lifted. */
  readonly rows: number;
}

/** Some nodes, and the node that stands for all of them. */
export interface GraphCrowd {
  readonly members: readonly DraftNode[];
  node(): DraftNode;
}

/** Between two nodes there is one line for each mark; those that several nodes have in common are lifted to one node. */
export class GraphLines {
  private readonly tables = new Map<Mark, Table>();
  private readonly staying = new Map<DraftNode, Set<DraftNode>>();
  private readonly counts = new Map<DraftNode, Map<DraftNode, number>>();
  private found = 0;

  /** The number of pairs between which there is something, for each mark, before any was lifted. */
  public get pairs(): number {
    return this.found;
  }

  /** Adds an edge from all senders to all receivers. */
  public add(
    senders: readonly DraftNode[],
    receivers: readonly DraftNode[],
    { mark, ports, stays }: Omit<Edge, 'from' | 'to'>,
  ): void {
    const table = remember(this.tables, mark, () => new Map());
    for (const from of senders) {
      const row: Map<DraftNode, PortSet> = remember(table, from, () => new Map());
      const counts = remember(this.counts, from, () => new Map<DraftNode, number>());
      for (const to of receivers) {
        const known = row.get(to);
        this.found += known === undefined ? 1 : 0;
        if (known !== ports) {
          row.set(to, known?.or(ports) ?? ports);
        }
        counts.set(to, (counts.get(to) ?? 0) + 1);
        if (stays === true) {
          remember(this.staying, from, () => new Set()).add(to);
        }
      }
    }
  }

  /** Draws one line from or to a crowd where at least two of its members, and most of them, have the same one. */
  public lift(crowd: GraphCrowd, side: EdgeSide): void {
    this.liftWhere(crowd, side, (alike) => alike >= 2 && alike * 2 >= crowd.members.length);
  }

  /** The same where all of them have. */
  public liftAlike(crowd: GraphCrowd, side: EdgeSide): void {
    this.liftWhere(crowd, side, (alike) => alike === crowd.members.length);
  }

  private liftWhere(crowd: GraphCrowd, side: EdgeSide, isEnough: (alike: number) => boolean): void {
    if (crowd.members.length < 2) {
      return;
    }
    for (const [mark, table] of this.tables) {
      if (side === 'to') {
        liftReceivers(table, crowd, isEnough);
      } else {
        const bySender = turned(table);
        liftReceivers(bySender, crowd, isEnough);
        this.tables.set(mark, turned(bySender));
      }
    }
  }

  public list(): readonly DraftLine[] {
    const lines = new Map<DraftNode, Map<DraftNode, Partial<Record<Mark, PortSet>>>>();
    for (const [mark, table] of this.tables) {
      for (const [from, row] of table) {
        const own = remember(lines, from, () => new Map());
        for (const [to, ports] of row) {
          remember(own, to, (): Partial<Record<Mark, PortSet>> => ({}))[mark] = ports;
        }
      }
    }
    return [...lines].flatMap(([from, row]) =>
      [...row].flatMap(([to, ports]) => {
        const rows = this.counts.get(from)?.get(to) ?? 1;
        const stays = this.staying.get(from)?.has(to) === true;
        return kindsOf(ports, stays).map((line) => ({ from, to, rows, ...line }));
      }),
    );
  }
}

/**
 * A receiver with other ports than the others keeps its own line with all of them. So a line is lifted only where it
 * takes the place of several.
 */
function liftReceivers(
  table: Table,
  { members, node }: GraphCrowd,
  isEnough: (alike: number) => boolean,
): void {
  for (const row of table.values()) {
    const each = members.map((member) => row.get(member));
    if (each.some((ports) => ports === undefined)) {
      continue;
    }
    const all = each as PortSet[];
    const common = all.reduce((some, ports) => (some.key === ports.key ? some : some.and(ports)));
    const alike = members.filter((_, i) => all[i]?.key === common.key);
    if (!common.isEmpty && isEnough(alike.length)) {
      for (const member of alike) {
        row.delete(member);
      }
      row.set(node(), common.or(row.get(node()) ?? PortSet.NONE));
    }
  }
}

/** Receivers and their senders. */
function turned(table: Table): Table {
  const other: Table = new Map();
  for (const [from, row] of table) {
    for (const [to, ports] of row) {
      remember(other, to, () => new Map()).set(from, ports);
    }
  }
  return other;
}

/** What changes between two ends is one line; what is so, what leads there and what nobody knows is one each. */
function kindsOf(
  { opened, closed, ...others }: Readonly<Partial<Record<Mark, PortSet>>>,
  stays: boolean,
): readonly Pick<DraftLine, 'kind' | 'ports'>[] {
  const changed = { ...(opened && { opened }), ...(closed && { closed }) };
  const isBoth =
    (stays && (opened ?? closed) !== undefined) || (opened !== undefined && closed !== undefined);
  const each: Partial<Record<Mark, PortSet>> = { ...others, ...(isBoth ? {} : changed) };
  const kinds = Object.keys(each) as Mark[];
  return [
    ...kinds.map((kind) => ({ kind, ports: { [kind]: each[kind] } })),
    ...(isBoth ? [{ kind: 'changed' as const, ports: changed }] : []),
  ];
}
