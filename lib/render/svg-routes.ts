import { append } from '../model/collections';
import type { Corner, PlacedEdge, PlacedNode, Rectangle } from './svg-layout';
import { arrowHead, curve, tenth } from './svg-shapes';

/** An end of an edge at a side of a node. */
interface Dock {
  /** The first or the last point of its edge. */
  readonly at: 'first' | 'last';
  readonly edge: number;
  /** Where the edge goes from here. */
  readonly towards: Corner;
}

/** How an edge is drawn: its line, and the head of its arrow. */
export interface EdgeRoute {
  readonly line: string;
  readonly head: string;
}

/** A route for each edge; undefined if it has no place. */
export function routes(
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
): readonly (EdgeRoute | undefined)[] {
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const paths = docked(places, edges);
  return edges.map(({ edge, label }, i) => {
    const points = paths[i] as readonly Corner[];
    if (points.length < 2) {
      return undefined;
    }
    return edge.from === edge.to
      ? loop(places.get(edge.from) as PlacedNode, label?.y ?? points[Math.floor(points.length / 2)]?.y)
      : { line: curve(points), head: arrowHead(points) };
  });
}

/** From the lower side of a node back to it, down to some height. */
function loop({ x, y, width, height }: Rectangle, lowest = y + height): EdgeRoute {
  const bottom = y + height / 2;
  const [right, left] = [tenth(x + width / 4), tenth(x - width / 4)];
  // The middle of such a curve is three quarters of the way to its handles.
  const handle = tenth(bottom + ((Math.max(lowest, bottom + 8) - bottom) * 4) / 3);
  return {
    line: `M${right} ${tenth(bottom)}C${right} ${handle} ${left} ${handle} ${left} ${tenth(bottom)}`,
    head: `M${left} ${tenth(bottom)}l-3.5 8h7z`,
  };
}

/** The edges of each node leave and reach it side by side, in the order in which they come, so that few cross. */
function docked(
  places: ReadonlyMap<string, PlacedNode>,
  edges: readonly PlacedEdge[],
): readonly (readonly Corner[])[] {
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
