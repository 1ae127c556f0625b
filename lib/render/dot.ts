import { inOneLine } from '../model/harmless';
import { type Depicted, drawGraph } from './draw-graph';
import { edgeLabel, type GraphEdge, type GraphNode, nodeText, signLegend } from './graph';

/**
 * A picture in DOT, the language of Graphviz.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function* renderDot(listing: Depicted): Generator<string> {
  const { title, boxes, nodes, edges, notes } = drawGraph(listing);
  yield `digraph ${quoted(title)} {\n`;
  yield '  rankdir=LR\n';
  yield '  graph [fontname="sans-serif", style="rounded", color="#767e88"]\n';
  yield '  node [fontname="sans-serif", shape=box]\n';
  yield '  edge [fontname="sans-serif", fontsize=11]\n';
  const below = [signLegend(edges), ...notes].filter((line) => line !== '');
  yield `  label=${quoted(title, ...below)}\n`;
  for (const box of boxes) {
    yield `  subgraph cluster_${box.id} {\n    label=${quoted(box.name)}\n`;
    yield* nodes.filter((node) => node.box === box.id).map((node) => `    ${nodeLine(node)}`);
    yield '  }\n';
  }
  yield* nodes.filter(({ box }) => box === undefined).map((node) => `  ${nodeLine(node)}`);
  for (const edge of edges) {
    yield `  ${edge.from} -> ${edge.to} [label=${quoted(edgeLabel(edge))}${EDGES[edge.kind]}]\n`;
  }
  yield '}\n';
}

const NODES: Readonly<Record<GraphNode['kind'], string>> = {
  workload: '',
  assumed: ', peripheries=2',
  every: ', shape=hexagon',
  everybody: ', shape=hexagon',
  namespace: ', shape=tab',
  possible: ', style="rounded,dashed"',
  addresses: ', shape=cds',
  hosts: ', shape=cds',
  door: ', shape=house',
  unknown: ', style=dashed',
};

const EDGES: Readonly<Record<GraphEdge['kind'], string>> = {
  allowed: '',
  entry: ', arrowhead=empty, style=dotted',
  unknown: ', style=dashed',
  opened: ', penwidth=2.4',
  closed: ', style=dashed, arrowhead=tee',
  changed: ', penwidth=2.4, style=dashed, arrowhead=diamond',
};

function nodeLine(node: GraphNode): string {
  return `${node.id} [label=${quoted(nodeText(node))}${NODES[node.kind]}]\n`;
}

/** Lines within quotes: a backslash would begin an escape, and `&` a character by its name. */
function quoted(...lines: readonly string[]): string {
  const written = lines.map((line) =>
    inOneLine(line).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'),
  );
  return `"${written.join('\\l')}${lines.length > 1 ? '\\l' : ''}"`;
}
