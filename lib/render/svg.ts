import { inOneLine } from '../model/harmless';
import { count } from '../model/word-list';
import { type Depicted, drawGraph } from './draw-graph';
import { EDGE_WORDS, edgeLabel, type Graph, type GraphEdge } from './graph';
import type { Layout } from './listing';
import { placeGraph } from './svg-layout';
import { LEGEND_ROW, legendRows } from './svg-legend';
import { boxOf, edgeText, lineOf, nodeOf } from './svg-parts';
import { routes } from './svg-routes';
import { STYLE } from './svg-style';
import { wrapped } from './svg-text';
import { openTag, textElement } from './xml';

/** Around the picture. */
const MARGIN = 24;

/** The head with the title. */
const HEAD = 56;

/** Between the picture and its legend. */
const GAP = 32;

/** A picture is never narrower: its title and legend have room. */
const LEAST = 640;

/** The height of a line of a note, and about the width of its characters. */
const NOTE_ROW = 19;
const CHARACTER = 7.5;

/** So many edges are told in words. */
const MOST_TOLD = 60;

/**
 * A picture in SVG, in one file: it takes the colours of the reader's light or dark, has those of light on paper, and
 * says in words what it shows.
 *
 * @param name by which a page that holds several tells their parts apart
 */
export function* renderSvg(listing: Depicted, _layout?: Layout, name = 'netpol'): Generator<string> {
  const graph = drawGraph(listing);
  const placed = placeGraph(graph);
  const inner = Math.ceil(Math.max(placed.width, LEAST));
  const legend = legendRows(graph, inner);
  const notes = graph.notes.flatMap((note) => wrapped(inOneLine(note), Math.floor(inner / CHARACTER)));
  const below = Math.ceil(HEAD + placed.height + GAP);
  const [width, height] = [
    inner + 2 * MARGIN,
    below + legend.length * LEGEND_ROW + notes.length * NOTE_ROW + MARGIN,
  ];
  yield `${openTag('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-labelledby': `${name}-title ${name}-desc`,
  })}\n`;
  yield `${textElement('title', { id: `${name}-title` }, graph.title)}\n`;
  yield `${textElement('desc', { id: `${name}-desc` }, describe(graph))}\n`;
  yield `<style>${STYLE}</style>\n`;
  yield `${openTag('rect', { class: 'paper', width, height }, '/')}\n`;
  yield `${textElement('text', { class: 'title ink', x: MARGIN, y: 34 }, graph.title)}\n`;
  yield `${openTag('g', { transform: `translate(${MARGIN} ${HEAD})` })}\n`;
  yield* placed.boxes.map(boxOf);
  const paths = routes(placed.nodes, placed.edges);
  yield* placed.edges.map(({ edge }, i) => lineOf(edge, paths[i], isFromOutside(edge, graph)));
  yield* placed.nodes.map(nodeOf);
  yield* placed.edges.map(edgeText);
  yield '</g>\n';
  yield `${openTag('g', { transform: `translate(${MARGIN} ${below})` })}\n`;
  yield* legend.flat();
  for (const [i, line] of notes.entries()) {
    const y = legend.length * LEGEND_ROW + 12 + i * NOTE_ROW;
    yield `${textElement('text', { class: 'faint', x: 0, y }, line)}\n`;
  }
  yield '</g>\n</svg>\n';
}

/** Whether an edge lets in somebody from outside of all boxes. */
function isFromOutside({ kind, from }: GraphEdge, { nodes }: Graph): boolean {
  return kind === 'allowed' && nodes.some(({ id, side }) => id === from && side === 'from');
}

/** For whoever listens: how much there is, and every edge in words where these are few. */
function describe({ boxes, nodes, edges, notes }: Graph): string {
  const labels = new Map(
    nodes.map(({ id, label, box }) => {
      const place = boxes.find((each) => each.id === box)?.name;
      return [id, place === undefined ? label : `${place}/${label}`];
    }),
  );
  const told = edges
    .slice(0, MOST_TOLD)
    .map(
      (edge) =>
        `${labels.get(edge.from)} to ${labels.get(edge.to)}: ${EDGE_WORDS[edge.kind]}, ${edgeLabel(edge)}`,
    );
  const rest = edges.length - told.length;
  const summary = `${count(boxes.length, 'namespace')}, ${count(nodes.length, 'node')}, ${count(edges.length, 'line')}.`;
  return [
    summary,
    ...notes,
    ...told.map((line) => `${line}.`),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join(' ');
}
