import { inOneLine } from '../model/harmless';
import { type Depicted, drawGraph } from './draw-graph';
import { edgeLabel, type Graph, type GraphEdge, type GraphNode, nodeText, signLegend } from './graph';

/**
 * A picture in Mermaid, in the part of the language that GitHub, GitLab and Azure DevOps all read: `graph`, short
 * arrows, texts in quotes, and no arrow to a subgraph. What the picture says of itself stands below it.
 *
 * @see https://learn.microsoft.com/en-us/azure/devops/project/wiki/markdown-guidance, Mermaid, read 2026-06-03
 */
export function* renderMermaid(listing: Depicted): Generator<string> {
  const graph = drawGraph(listing);
  yield 'graph LR\n';
  for (const { id, name } of graph.boxes) {
    yield `  subgraph ${id}["${label(name)}"]\n`;
    yield* graph.nodes.filter(({ box }) => box === id).map((node) => `    ${nodeLine(node)}`);
    yield '  end\n';
  }
  yield* graph.nodes.filter(({ box }) => box === undefined).map((node) => `  ${nodeLine(node)}`);
  for (const edge of graph.edges) {
    yield `  ${edge.from} ${ARROWS[edge.kind]}|"${label(edgeLabel(edge))}"| ${edge.to}\n`;
  }
  yield* dashes(graph);
  yield* below(graph);
}

/** The shape of each kind of node. */
const SHAPES: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  workload: ['[', ']'],
  assumed: ['[[', ']]'],
  every: ['{{', '}}'],
  everybody: ['{{', '}}'],
  namespace: ['[', ']'],
  possible: ['([', '])'],
  addresses: ['>', ']'],
  hosts: ['>', ']'],
  door: ['[/', '\\]'],
  unknown: ['([', '])'],
};

const ARROWS: Readonly<Record<GraphEdge['kind'], string>> = {
  allowed: '-->',
  entry: '-->',
  unknown: '-.->',
  opened: '==>',
  closed: '-.->',
  changed: '==>',
};

/** Where an arrow of Mermaid has not the dashes of its kind. */
const DASHES: Readonly<Partial<Record<GraphEdge['kind'], string>>> = {
  entry: 'stroke-dasharray:1 3',
  closed: 'stroke-dasharray:9 6',
  changed: 'stroke-dasharray:9 4 2 4',
};

function nodeLine(node: GraphNode): string {
  const [open, close] = SHAPES[node.kind];
  const isDashed = node.kind === 'possible' || node.kind === 'unknown';
  return `${node.id}${open}"${label(nodeText(node))}"${close}${isDashed ? ':::dashed' : ''}\n`;
}

function* dashes({ nodes, edges }: Graph): Generator<string> {
  for (const [kind, style] of Object.entries(DASHES)) {
    const numbers = edges.flatMap((edge, i) => (edge.kind === kind ? [i] : []));
    if (numbers.length > 0) {
      yield `  linkStyle ${numbers.join(',')} ${style}\n`;
    }
  }
  if (nodes.some(({ kind }) => kind === 'possible' || kind === 'unknown')) {
    yield '  classDef dashed stroke-dasharray:4 3\n';
  }
}

/** The legend and the notes as nodes of their own, for nothing else would be shown. */
function* below({ edges, notes }: Graph): Generator<string> {
  const lines = [signLegend(edges), ...notes].filter((line) => line !== '');
  for (const [i, line] of lines.entries()) {
    yield `  note${i + 1}["${label(line)}"]:::note\n`;
  }
  if (lines.length > 0) {
    yield '  classDef note stroke-dasharray:1 5\n';
  }
}

/** Characters that are a mark neither of Mermaid, nor of its Markdown, nor of HTML. */
const UNPLAIN = /[^\p{L}\p{N} ,./()=-]|^[-=]|(?<=^\d+)[.)](?= |$)/gu;

/** A text within quotes: what could be a mark is written by its number, as `#35;`. There is always one, for Mermaid wants it. */
function label(text: string): string {
  return inOneLine(text === '' ? NO_TEXT : text).replaceAll(UNPLAIN, (mark) => `#${mark.codePointAt(0)};`);
}

const NO_TEXT = '\u00a0';
