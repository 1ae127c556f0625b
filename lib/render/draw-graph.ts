import { compare, countOne } from '../model/collections';
import { defined } from '../model/defined';
import { count, firstWords } from '../model/word-list';
import type { Graph, GraphLevel, GraphNode } from './graph';
import { countOutside, type DraftNode, GraphEnds } from './graph-ends';
import { groupsIn, joinEdges } from './graph-groups';
import { type DraftLine, GraphLines } from './graph-lines';
import { liftLines } from './lift-lines';
import type { Edge, Head, Listing, Note, Scene } from './listing';

/** What a picture is made of; a `Listing` is one. */
export interface Depicted extends Pick<Listing<never>, 'name' | 'edges' | 'scene'> {
  readonly head?: Pick<Head, 'lines'>;
  readonly notes?: readonly Pick<Note, 'line'>[];
}

/** How a picture is drawn. */
export interface DrawingOptions {
  /** Whether a line that many have in common is drawn once. @default true */
  readonly isLifted?: boolean;
  /** What fits at each level; of the last level the rest is counted. @default what a person can follow */
  readonly limits?: Readonly<Record<GraphLevel, Limit>>;
}

export interface Limit {
  readonly nodes: number;
  readonly edges: number;
}

/** What a person can follow on a screen; GitHub, GitLab and Azure DevOps draw 400 lines of Mermaid. */
const LIMITS: Readonly<Record<GraphLevel, Limit>> = {
  workloads: { nodes: 150, edges: 200 },
  groups: { nodes: 150, edges: 200 },
  namespaces: { nodes: 80, edges: 100 },
};

/** So many pairs are looked at before a level is given up; lifting leaves few of them. */
const MOST_PAIRS = 40_000;

const TITLES: Readonly<Record<string, string>> = {
  connections: 'Who can reach whom',
  exposures: 'Who can reach each workload, and whom it can reach',
  changes: 'What the change opens and closes',
  drift: 'What bringing the cluster back opens and closes',
};

/** The picture of a listing, at the first level at which it fits. The same listing gives the same picture. */
export function drawGraph(
  listing: Depicted,
  { isLifted = true, limits = LIMITS }: DrawingOptions = {},
): Graph {
  const edges = joinEdges([...(listing.edges?.() ?? [])]);
  const drawing = { edges, scene: listing.scene, isLifted };
  const whole =
    fitting(drawing, 'workloads', limits.workloads) ??
    fitting(drawing, 'groups', limits.groups) ??
    byNamespaces(drawing);
  const { lines, nodes, left } = withinLimit(whole, limits[whole.level]);
  const { workloads = [], shown = [] } = listing.scene ?? {};
  const isPart = whole.level !== 'namespaces' && shown.length === 0 && workloads.length > 0;
  return {
    title: TITLES[listing.name] ?? listing.name,
    level: whole.level,
    ...written(nodes, lines, listing.scene),
    notes: [
      ...(listing.head?.lines ?? []),
      ...(lines.length === 0 ? ['Nothing goes from anybody to anybody.'] : []),
      ...LEVEL_NOTES[whole.level],
      ...(isPart && lines.length > 0 ? ['Of the workloads, those at an end of a line are drawn.'] : []),
      ...left,
      ...(listing.notes ?? []).map(({ line }) => line),
    ],
  };
}

const LEVEL_NOTES: Readonly<Record<GraphLevel, readonly string[]>> = {
  workloads: [],
  groups: ['Workloads that are treated alike are drawn as one: there is no room for each.'],
  namespaces: [
    'Namespaces are drawn as a whole: there is no room for their workloads. What goes on within one is a loop.',
  ],
};

interface Draft {
  readonly level: GraphLevel;
  readonly nodes: readonly DraftNode[];
  readonly lines: readonly DraftLine[];
}

/** What is drawn, at whichever level. */
interface Drawing {
  readonly edges: readonly Edge[];
  readonly scene: Scene | undefined;
  readonly isLifted: boolean;
}

/** A picture at a level; undefined if it does not fit. */
function fitting(
  { edges, scene, isLifted }: Drawing,
  level: 'workloads' | 'groups',
  limit: Limit,
): Draft | undefined {
  const groups = level === 'groups' ? groupsIn(edges, scene?.shown ?? [], limit.nodes) : NO_GROUPS;
  if (groups === undefined) {
    return undefined;
  }
  const ends = new GraphEnds(level, scene, { groups });
  const lines = new GraphLines();
  for (const edge of edges) {
    lines.add(ends.of(edge.from, 'from'), ends.of(edge.to, 'to'), edge);
    if (lines.pairs > MOST_PAIRS || ends.inBoxes > limit.nodes) {
      return undefined;
    }
  }
  addScene(scene, ends, lines);
  if (isLifted) {
    liftLines(lines, ends, scene?.workloads ?? []);
  }
  const draft = drafted(level, ends, lines);
  return draft.nodes.length <= limit.nodes && draft.lines.length <= limit.edges ? draft : undefined;
}

const NO_GROUPS: ReadonlyMap<string, number> = new Map();

/** The last level, of which what does not fit is counted. */
function byNamespaces({ edges, scene }: Drawing): Draft {
  const ends = new GraphEnds('namespaces', scene, { outside: countOutside(edges) });
  const lines = new GraphLines();
  for (const edge of edges) {
    lines.add(ends.of(edge.from, 'from'), ends.of(edge.to, 'to'), edge);
  }
  addScene(scene, ends, lines);
  return drafted('namespaces', ends, lines);
}

/** Whoever is outside of all boxes is there only for the lines. */
function drafted(level: GraphLevel, ends: GraphEnds, lines: GraphLines): Draft {
  const list = lines.list();
  const atEnds = new Set(list.flatMap(({ from, to }) => [from, to]));
  return {
    level,
    lines: list,
    nodes: ends.nodes.filter((node) => atEnds.has(node) || node.side === undefined),
  };
}

/** Who is in no edge, and what leads to who is shown. */
function addScene(scene: Scene | undefined, ends: GraphEnds, lines: GraphLines): void {
  for (const workload of scene?.shown ?? []) {
    if (ends.existing(workload).length === 0) {
      ends.member({ workload });
    }
  }
  for (const { leadsTo, ...entryPoint } of scene?.entryPoints ?? []) {
    for (const { workload, ports } of leadsTo) {
      const nodes = ends.existing(workload);
      if (nodes.length > 0) {
        lines.add(ends.of({ entryPoint }, 'from'), nodes, { ports, mark: 'entry' });
      }
    }
  }
}

/** What has room, and sentences that count the rest: the lines of fewest rows, and namespaces without a line. */
function withinLimit(
  { level, nodes, lines }: Draft,
  limit: Limit,
): {
  readonly nodes: readonly DraftNode[];
  readonly lines: readonly DraftLine[];
  readonly left: readonly string[];
} {
  const isOutside = ({ from, to }: DraftLine) => Number(from.side !== undefined || to.side !== undefined);
  const sorted =
    lines.length <= limit.edges
      ? lines
      : [...lines].sort((a, b) => isOutside(b) - isOutside(a) || b.rows - a.rows || compareLines(a, b));
  const drawn = sorted.slice(0, limit.edges);
  const atEnds = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const isSmall = level !== 'namespaces' || nodes.length <= limit.nodes;
  const shown = isSmall ? nodes : nodes.filter((node) => atEnds.has(node));
  const rest = sorted.slice(limit.edges);
  const rows = rest.reduce((sum, { rows: each }) => sum + each, 0);
  return {
    lines: drawn,
    nodes: shown,
    left: [
      ...(rest.length === 0
        ? []
        : [
            `Not drawn: ${count(rest.length, 'line')} between namespaces, which stand for ${count(rows, 'row')}.`,
          ]),
      ...(shown.length === nodes.length
        ? []
        : [`Not drawn: ${count(nodes.length - shown.length, 'namespace')} without a line.`]),
    ],
  };
}

/** Nodes and lines with ids, in an order that depends on what they are alone. */
function written(
  drafts: readonly DraftNode[],
  lines: readonly DraftLine[],
  scene: Scene | undefined,
): Pick<Graph, 'boxes' | 'nodes' | 'edges'> {
  const sizes = new Map<string, number>();
  for (const { namespace } of scene?.workloads ?? []) {
    countOne(sizes, namespace);
  }
  const boxNames = new Set(drafts.flatMap(({ box }) => box ?? []));
  const boxes = [...boxNames]
    .sort(compare)
    .map((name, i) => ({ id: `b${i + 1}`, name, ...defined({ workloads: sizes.get(name) }) }));
  const boxIds = new Map(boxes.map(({ name, id }) => [name, id]));
  const ids = new Map([...drafts].sort(compareNodes).map((node, i) => [node, `n${i + 1}`]));
  const idOf = (node: DraftNode) => ids.get(node) as string;
  return {
    boxes,
    nodes: [...ids].map(
      ([{ kind, labels, box, side, names }, id]): GraphNode => ({
        id,
        kind,
        label: labelOf([...labels]),
        ...(kind === 'namespace' ? defined({ workloads: sizes.get([...labels].join()) }) : {}),
        names: [...names].sort(compare),
        ...(box === undefined ? {} : { box: boxIds.get(box) as string }),
        ...defined({ side }),
      }),
    ),
    edges: [...lines]
      .sort(compareLines)
      .map(({ from, to, kind, ports }) => ({ from: idOf(from), to: idOf(to), kind, ports })),
  };
}

/** `web`, `web, api, job and 4 more (×7)` */
function labelOf(labels: readonly string[]): string {
  return labels.length === 1 ? (labels[0] as string) : `${firstWords(labels)} (\u00d7${labels.length})`;
}

function compareNodes(a: DraftNode, b: DraftNode): number {
  return compare(a.box ?? '', b.box ?? '') || compare(a.key, b.key);
}

function compareLines(a: DraftLine, b: DraftLine): number {
  return compareNodes(a.from, b.from) || compareNodes(a.to, b.to) || compare(a.kind, b.kind);
}
