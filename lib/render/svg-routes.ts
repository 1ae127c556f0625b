import { append } from '../model/collections';
import type { Corner, PlacedEdge, PlacedNode } from './svg-layout';

/** An end of an edge at a side of a node. */
interface Dock {
  /** The first or the last point of its edge. */
  readonly at: 'first' | 'last';
  readonly edge: number;
  /** Where the edge goes from here. */
  readonly towards: Corner;
}

/** The edges of each node leave and reach it side by side, in the order in which they come, so that few cross. */
export function routes(
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
): readonly (readonly Corner[])[] {
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const placeOf = (id: string) => places.get(id) as PlacedNode;
  const docks = new Map<string, Dock[]>();
  const paths = edges.map(({ points }) => [...points]);
  for (const [i, { edge, points }] of edges.entries()) {
    if (edge.from === edge.to || points.length < 2) {
      continue;
    }
    const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
    const [second, last] = [points[1], points.at(-2)] as [Corner, Corner];
    append(docks, `${edge.from} ${second.x >= from.x}`, { at: 'first', edge: i, towards: second });
    append(docks, `${edge.to} ${last.x >= to.x}`, { at: 'last', edge: i, towards: last });
  }
  for (const [key, some] of docks) {
    const [id, isRight] = key.split(' ') as [string, string];
    const { x, y, width, height } = placeOf(id);
    some.sort((a, b) => a.towards.y - b.towards.y || a.edge - b.edge);
    for (const [i, { at, edge }] of some.entries()) {
      const point = {
        x: isRight === 'true' ? x + width / 2 : x - width / 2,
        y: y - height / 2 + (height * (i + 1)) / (some.length + 1),
      };
      (paths[edge] as Corner[])[at === 'first' ? 0 : (paths[edge] as Corner[]).length - 1] = point;
    }
  }
  return paths;
}
