import { EDGE_WORDS, type Graph, type GraphEdge, type GraphNode, kindsIn, NODE_WORDS, SIGNS } from './graph';
import { arrowHead, curve, nodeShape } from './svg-shapes';
import { textWidth } from './svg-text';
import { openTag, textElement } from './xml';

/** The height of a row of the legend. */
export const LEGEND_ROW = 26;

/** What one mark of a picture means. */
interface Entry {
  readonly words: string;
  /** The mark, at the left end of a row. */
  readonly mark: string;
}

const SAMPLE = { width: 36, height: 16 };

/** The legend of what is in a picture, in rows of at most so many pixels; each entry is ready to be written. */
export function legendRows(graph: Graph, width: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let used = width;
  for (const { words, mark } of entriesOf(graph)) {
    const needed = SAMPLE.width + 8 + textWidth(words, 13) + 22;
    if (used + needed > width) {
      rows.push([]);
      used = 0;
    }
    const place = openTag('g', { transform: `translate(${used} ${(rows.length - 1) * LEGEND_ROW})` });
    const text = textElement('text', { class: 'ink', x: SAMPLE.width + 8, y: 4.5 }, words);
    rows.at(-1)?.push(`${place}${mark}${text}</g>\n`);
    used += needed;
  }
  return rows;
}

function entriesOf({ nodes, edges }: Graph): readonly Entry[] {
  const outside = new Set(nodes.filter(({ side }) => side === 'from').map(({ id }) => id));
  const isOutside = ({ kind, from }: GraphEdge) => kind === 'allowed' && outside.has(from);
  const within = edges.filter((edge) => !isOutside(edge));
  return [
    ...kindsIn(within, EDGE_WORDS).map((kind) => ({
      words: SIGNS[kind] === '' ? EDGE_WORDS[kind] : `${SIGNS[kind]} ${EDGE_WORDS[kind]}`,
      mark: line(kind),
    })),
    ...(within.length < edges.length
      ? [{ words: 'allowed from outside of the known workloads', mark: line('allowed outside') }]
      : []),
    ...kindsIn(nodes, NODE_WORDS)
      .filter((kind) => kind !== 'workload' && kind !== 'namespace')
      .map((kind) => ({ words: NODE_WORDS[kind], mark: sample(kind) })),
  ];
}

function line(kind: GraphEdge['kind'] | 'allowed outside'): string {
  const points = [
    { x: 0, y: 0 },
    { x: SAMPLE.width, y: 0 },
  ];
  const path = openTag('path', { class: 'edge', d: curve(points) }, '/');
  return `${openTag('g', { class: kind })}${path}${openTag('path', { class: 'head', d: arrowHead(points) }, '/')}</g>`;
}

function sample(kind: GraphNode['kind']): string {
  return nodeShape({ kind }, { x: SAMPLE.width / 2, y: 0, ...SAMPLE });
}
