import type * as Dagre from '@dagrejs/dagre' with { 'resolution-mode': 'import' };
import { remember } from '../model/collections';
import { defined } from '../model/defined';
import { inOneLine } from '../model/harmless';
import { edgeLabel, type Graph, type GraphEdge, type GraphNode, nodeText, portWords, SIGNS } from './graph';
import { textWidth, wrapped } from './svg-text';

// It has code for `require`, and types for `import` alone.
const { Graph: LayoutGraph, layout } = require('@dagrejs/dagre') as typeof Dagre;

/** A rectangle by its middle. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Rectangle {
  readonly node: GraphNode;
  readonly lines: readonly string[];
  /** The ports of all edges that are allowed to it, where these are the same: then the edges have none. */
  readonly ports?: string;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Corner[];
  /** Left out where its ports stand in the node. */
  readonly label?: Rectangle & { readonly text: string; readonly isInBox: boolean };
}

export interface PlacedBox extends Rectangle {
  readonly name: string;
  readonly workloads?: number;
}

/** A graph with places, from the upper left corner on. */
export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const SIZES = { node: 13, name: 13, small: 11, line: 16 } as const;

/** The most characters in a line of a node. */
const LINE = 32;

/** Beside a label, so that its line is seen. */
export const LABEL_ROOM = 28;

/** Above the nodes of a box is its name, below them some space. */
const HEAD = 30;
const FOOT = 8;

/** Gives each box, node and edge its place: senders left of receivers, layer by layer. */
export function placeGraph(graph: Graph): PlacedGraph {
  const ports = commonPorts(graph);
  const nodes = graph.nodes.map((node) => sized(node, ports.get(node.id)));
  const boxOf = new Map(graph.nodes.map(({ id, box }) => [id, box]));
  const places = new LayoutGraph({ directed: true, multigraph: true, compound: true });
  places.setGraph({ rankdir: 'LR', nodesep: 12, edgesep: 10, ranksep: 32 });
  for (const { id } of graph.boxes) {
    places.setNode(id, {});
  }
  for (const { node, width, height } of nodes) {
    places.setNode(node.id, { width, height });
    if (node.box !== undefined) {
      places.setParent(node.id, node.box);
    }
  }
  const edges = graph.edges.map((edge, i) => {
    const text = edge.kind === 'allowed' && ports.has(edge.to) ? undefined : edgeLabel(edge);
    const size = text === undefined ? {} : labelSize(text, edge);
    const isInside = boxOf.get(edge.from) !== undefined && boxOf.get(edge.from) === boxOf.get(edge.to);
    places.setEdge(edge.from, edge.to, { ...size, weight: isInside ? 3 : 1 }, `e${i}`);
    return { edge, text, at: { v: edge.from, w: edge.to, name: `e${i}` } };
  });
  layout(places);
  const boxes = graph.boxes.map((box) => ({ ...box, ...rectangleOf(places.node(box.id)) }));
  const lower = lowering(boxes);
  const placed = {
    boxes: boxes.map((box) => withHead(box, lower)),
    nodes: nodes.map((node) => {
      const { x, y } = rectangleOf(places.node(node.node.id));
      return { ...node, x, y: lower(y) };
    }),
    edges: edges.map(({ edge, text, at }): PlacedEdge => {
      const { points = [], ...label } = places.edge(at) as Partial<Rectangle> & { points?: Corner[] };
      const lowered = points.map(({ x, y }) => ({ x, y: lower(y) }));
      const { y = 0, width = 0, height = 0 } = label;
      // What goes from a node to itself goes around below it.
      const x = (edge.from === edge.to ? places.node(edge.from)?.x : label.x) ?? 0;
      return {
        edge,
        points: lowered,
        ...(text === undefined
          ? {}
          : {
              label: {
                text,
                x,
                y: lower(y),
                width: width - LABEL_ROOM + 6,
                height,
                isInBox: boxes.some(holds(x, y)),
              },
            }),
      };
    }),
  };
  const right = [...placed.boxes, ...placed.nodes].map(({ x, width }) => x + width / 2);
  const bottom = [...placed.boxes, ...placed.nodes].map(({ y, height }) => y + height / 2);
  const far = placed.edges.flatMap(({ points }) => points);
  return {
    ...placed,
    width: Math.max(0, ...right, ...far.map(({ x }) => x)),
    height: Math.max(0, ...bottom, ...far.map(({ y }) => y)),
  };
}

/** The ports of all edges that are allowed to a workload, by its id, where these are the same. */
function commonPorts({ nodes, edges }: Graph): ReadonlyMap<string, string> {
  const texts = new Map<string, Set<string>>();
  for (const { kind, to, ports } of edges) {
    if (kind === 'allowed' && ports.allowed !== undefined) {
      remember(texts, to, () => new Set()).add(portWords(ports.allowed));
    }
  }
  return new Map(
    nodes
      .filter(({ id, kind }) => (kind === 'workload' || kind === 'assumed') && texts.get(id)?.size === 1)
      .map(({ id }) => [id, [...(texts.get(id) ?? [])].join()]),
  );
}

function sized(node: GraphNode, ports: string | undefined): Omit<PlacedNode, 'x' | 'y'> {
  const lines = wrapped(inOneLine(nodeText(node)), LINE);
  const text = Math.max(...lines.map((line) => textWidth(line, SIZES.name)));
  const inside = ports === undefined ? 0 : textWidth(ports, SIZES.small) + 8;
  const ends = { door: 22, every: 16, everybody: 16, addresses: 14, hosts: 14 } as Partial<
    Record<string, number>
  >;
  return {
    node,
    lines,
    ...defined({ ports }),
    width: text + inside + 22 + (ends[node.kind] ?? 0),
    height: 10 + SIZES.line * lines.length,
  };
}

/** A sign is bold, and beside it there is enough of the line to see its dashes. */
function labelSize(text: string, { kind }: GraphEdge) {
  const isSigned = SIGNS[kind] !== '';
  const width = textWidth(text, SIZES.small, isSigned ? 'bold' : 'normal') + LABEL_ROOM;
  return { width, height: SIZES.line, labelpos: 'c' };
}

/** Whether a point is in a rectangle. */
function holds(x: number, y: number): (rectangle: Rectangle) => boolean {
  return (each) => Math.abs(x - each.x) < each.width / 2 && Math.abs(y - each.y) < each.height / 2;
}

function rectangleOf({ x, y, width, height }: Partial<Rectangle>): Rectangle {
  return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
}

/**
 * Makes room above each box for its name and below its nodes. What is further down moves down with all that is beside it,
 * so nothing comes to lie over another.
 */
function lowering(boxes: readonly Rectangle[]): (y: number) => number {
  const steps = boxes
    .flatMap(({ y, height }) => [
      { at: y - height / 2, by: HEAD },
      { at: y + height / 2, by: FOOT },
    ])
    .sort((a, b) => a.at - b.at);
  return (y) => steps.reduce((sum, { at, by }) => (at < y ? sum + by : sum), y);
}

/** A box around what it holds, which has been lowered, and its name above it. */
function withHead(box: PlacedBox & { readonly id: string }, lower: (y: number) => number): PlacedBox {
  const top = lower(box.y - box.height / 2);
  const bottom = lower(box.y + box.height / 2) + FOOT;
  return { ...box, y: (top + bottom) / 2, height: bottom - top };
}
