import type { GraphNode } from './graph';
import type { Corner, Rectangle } from './svg-layout';
import { openTag } from './xml';

/** A number as it stands in a picture: a tenth of a pixel is finer than anybody sees. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}

/** A line through points that leaves and reaches each of them sideways. */
export function curve(points: readonly Corner[]): string {
  return points
    .map(({ x, y }, i) => {
      const before = points[i - 1];
      if (before === undefined) {
        return `M${tenth(x)} ${tenth(y)}`;
      }
      const middle = tenth((before.x + x) / 2);
      return `C${middle} ${tenth(before.y)} ${middle} ${tenth(y)} ${tenth(x)} ${tenth(y)}`;
    })
    .join('');
}

/** The head of an arrow that comes to the last point from the side of the one before. */
export function arrowHead(points: readonly Corner[]): string {
  const [before, { x, y }] = points.slice(-2) as [Corner, Corner];
  const back = before.x <= x ? -8 : 8;
  return `M${tenth(x)} ${tenth(y)}l${back} -3.5v7z`;
}

/** The outline of a node. */
export function nodeShape({ kind }: Pick<GraphNode, 'kind'>, place: Rectangle): string {
  const { width, height } = place;
  const [left, top] = [tenth(place.x - width / 2), tenth(place.y - height / 2)];
  const rect = (radius: number, more = '', inset = 0) =>
    openTag(
      'rect',
      {
        class: `node${more}`,
        x: tenth(left + inset),
        y: tenth(top + inset),
        width: tenth(width - 2 * inset),
        height: tenth(height - 2 * inset),
        rx: radius,
      },
      '/',
    );
  switch (kind) {
    case 'assumed':
      return `${rect(4)}${rect(2, '', 2.5)}`;
    case 'possible':
    case 'unknown':
      return rect(tenth(Math.min(height / 2, 14)), ' dashed');
    case 'namespace':
      return rect(8);
    case 'every':
    case 'everybody':
      return polygon(left, top, width, height, 8, 8);
    case 'addresses':
    case 'hosts':
      return polygon(left, top, width, height, 0, 10);
    case 'door':
      return `${rect(4)}${door(left + 8, place.y)}`;
    default:
      return rect(4);
  }
}

/** A rectangle whose left and right sides come to a point. */
function polygon(
  left: number,
  top: number,
  width: number,
  height: number,
  leftPoint: number,
  rightPoint: number,
): string {
  const [right, bottom, middle] = [left + width, top + height, top + height / 2];
  const corners = [
    [left + leftPoint, top],
    [right - rightPoint, top],
    [right, middle],
    [right - rightPoint, bottom],
    [left + leftPoint, bottom],
    ...(leftPoint === 0 ? [] : [[left, middle]]),
  ] as [number, number][];
  const points = corners.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join(' ');
  return openTag('polygon', { class: 'node', points }, '/');
}

/** An arched door with its knob. */
function door(x: number, y: number): string {
  const path = `M${tenth(x)} ${tenth(y + 7)}v-8a5 5 0 0 1 10 0v8z`;
  return `${openTag('path', { class: 'node', d: path }, '/')}${openTag('circle', { class: 'head', cx: tenth(x + 7.5), cy: tenth(y + 1), r: 1 }, '/')}`;
}
