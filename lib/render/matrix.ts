import { inOneLine } from '../model/harmless';
import { firstWords } from '../model/word-list';
import { type Depicted, drawGraph } from './draw-graph';
import { EDGE_WORDS, type Graph, type GraphEdge, type GraphNode, kindsIn, nodeText, SIGNS } from './graph';
import type { Layout } from './listing';

/** More lines than those of a picture fit, for they are cells, and lines that many have in common are no fewer cells. */
const LIMITS = {
  workloads: { nodes: 80, edges: 3_000 },
  groups: { nodes: 80, edges: 3_000 },
  namespaces: { nodes: 100, edges: 5_000 },
};

/** A terminal of this width at least has room for one column. */
const LEAST = 60;

/** Who sends in rows, who is sent to in columns with numbers, and a mark where the two meet, for a terminal. */
export function* renderMatrix(listing: Depicted, { width }: Layout = {}): Generator<string> {
  const graph = drawGraph(listing, { isLifted: false, limits: LIMITS });
  const { edges, notes, title } = graph;
  yield `${title}\n`;
  yield* notes.map((note) => `${inOneLine(note)}\n`);
  const names = new Map(graph.nodes.map((node) => [node.id, nameOf(node, graph)]));
  if (edges.length > 0) {
    yield* tables(graph, names, width);
    yield `\n${legend(edges)}\n`;
  }
  const atEnds = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const silent = graph.nodes.filter(({ id }) => !atEnds.has(id)).map(({ id }) => names.get(id) as string);
  if (silent.length > 0) {
    yield `in no row and no column: ${firstWords(silent, SILENT)}\n`;
  }
}

/** The rows in as many tables as the width asks for, each with some of the columns, and what the columns are. */
function* tables(
  { nodes, edges }: Graph,
  names: ReadonlyMap<string, string>,
  width: number | undefined,
): Generator<string> {
  const ending = (end: 'from' | 'to') => {
    const ids = new Set(edges.map((edge) => edge[end]));
    return nodes.map(({ id }) => id).filter((id) => ids.has(id));
  };
  const [senders, receivers] = [ending('from'), ending('to')];
  const cells = marksOf(edges);
  const digits = String(receivers.length).length;
  const column = Math.max(digits, ...[...cells.values()].map((marks) => marks.length)) + 1;
  const heads = senders.map((id) => names.get(id) as string);
  const first = Math.max(4, ...heads.map(({ length }) => length)) + 1;
  const room = width === undefined ? receivers.length : Math.floor((Math.max(width, LEAST) - first) / column);
  const most = Math.max(1, room);
  for (let start = 0; start < receivers.length; start += most) {
    const some = receivers.slice(start, start + most);
    const numbers = some.map((_, i) => String(start + i + 1).padStart(column));
    yield `\n${'FROM'.padEnd(first)}${numbers.join('')}\n`;
    for (const [i, sender] of senders.entries()) {
      const row = some.map((receiver) => (cells.get(`${sender} ${receiver}`) ?? NOTHING).padStart(column));
      yield `${(heads[i] as string).padEnd(first)}${row.join('')}\n`;
    }
  }
  yield '\nTO\n';
  yield* receivers.map((id, i) => `${String(i + 1).padStart(digits + 1)}  ${names.get(id)}\n`);
}

/** So many are named of those who exchange nothing. */
const SILENT = 20;

const NOTHING = '\u00b7';

/** The mark of each kind of edge. */
const MARKS: Readonly<Record<GraphEdge['kind'], string>> = { ...SIGNS, allowed: 'o', entry: '>' };

/** For some ports; every port has a mark of its own, for it says most. */
const EVERY_PORT = '*';

/** The marks between two nodes, by the ids of both. */
function marksOf(edges: readonly GraphEdge[]): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const { from, to, kind, ports } of edges) {
    const key = `${from} ${to}`;
    const mark = ports.allowed?.isAll === true ? EVERY_PORT : MARKS[kind];
    cells.set(key, `${cells.get(key) ?? ''}${mark}`);
  }
  return cells;
}

function legend(edges: readonly GraphEdge[]): string {
  const isAll = ({ ports }: GraphEdge) => ports.allowed?.isAll === true;
  return [
    ...(edges.some(isAll) ? [`${EVERY_PORT} allowed on every port`] : []),
    ...kindsIn(
      edges.filter((edge) => !isAll(edge)),
      EDGE_WORDS,
    ).map((kind) => `${MARKS[kind]} ${EDGE_WORDS[kind]}${kind === 'allowed' ? ' on some ports' : ''}`),
    `${NOTHING} nothing`,
  ].join('   ');
}

/** `shop/web`; outside of all namespaces only what it is. */
function nameOf(node: GraphNode, { boxes }: Graph): string {
  const box = boxes.find(({ id }) => id === node.box);
  return inOneLine(box === undefined ? nodeText(node) : `${box.name}/${nodeText(node)}`);
}
