import { inOneLine } from '../model/harmless';
import { count } from '../model/word-list';
import { type GraphEdge, type GraphNode, SIGNS } from './graph';
import { type PlacedBox, type PlacedEdge, type PlacedNode, SIZES } from './svg-layout';
import type { EdgeRoute } from './svg-routes';
import { nodeShape, tenth } from './svg-shapes';
import { shortened, textWidth } from './svg-text';
import { openTag, textElement } from './xml';

/** So many names are told of a node; what it stands for beyond is counted. */
const NAMES = 30;

/** Where the text of each kind of node begins, from its left side. */
const TEXT_AT: Readonly<Record<GraphNode['kind'], number>> = {
  workload: 11,
  assumed: 11,
  every: 18,
  everybody: 18,
  namespace: 11,
  possible: 11,
  addresses: 11,
  hosts: 11,
  door: 26,
  unknown: 11,
};

/** The box of a namespace, its name and how many workloads are in it. */
export function boxOf({ x, y, width, height, name, workloads }: PlacedBox): string {
  const [left, top] = [tenth(x - width / 2), tenth(y - height / 2)];
  const rect = openTag(
    'rect',
    { class: 'box', x: left, y: top, width: tenth(width), height: tenth(height), rx: 8 },
    '/',
  );
  const most = Math.max(8, Math.floor((width - 20) / 9));
  const shown = shortened(inOneLine(name), most);
  const beside = left + 12 + textWidth(shown, SIZES.name, 'bold') + 8;
  const words = workloads === undefined ? '' : count(workloads, 'workload');
  const room = left + width - beside > textWidth(words, SIZES.small) + 8;
  return [
    `<g>${textElement('title', {}, words === '' ? name : `${name}: ${words}`)}${rect}`,
    textElement('text', { class: 'name ink', x: left + 12, y: tenth(top + 20) }, shown),
    ...(room && words !== ''
      ? [textElement('text', { class: 'small faint', x: tenth(beside), y: tenth(top + 20) }, words)]
      : []),
    '</g>\n',
  ].join('');
}

/** The line of an edge with its arrow. */
export function lineOf({ kind, ports }: GraphEdge, route: EdgeRoute | undefined, isOutside: boolean): string {
  if (route === undefined) {
    return '';
  }
  const isNarrower = kind === 'changed' && ports.opened === undefined;
  const words = [kind, ...(isOutside ? ['outside'] : []), ...(isNarrower ? ['narrower'] : [])];
  const path = openTag('path', { class: 'edge', d: route.line }, '/');
  const head = openTag('path', { class: 'head', d: route.head }, '/');
  return `${openTag('g', { class: words.join(' ') })}${path}${head}</g>\n`;
}

/** A node: its shape, the ports that are open to it, and its name. */
export function nodeOf({ node, lines, ports, ...place }: PlacedNode): string {
  const { x, y, width } = place;
  const names = node.names.slice(0, NAMES);
  const more = node.names.length - names.length;
  const all = [...names, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
  const left = x - width / 2 + TEXT_AT[node.kind];
  const inside = ports === undefined ? 0 : textWidth(ports, SIZES.small) + 8;
  const first = y - ((lines.length - 1) * SIZES.line) / 2 + 4.5;
  return [
    `<g>${textElement('title', {}, all)}${nodeShape(node, place)}`,
    ...(ports === undefined
      ? []
      : [textElement('text', { class: 'small faint', x: tenth(left), y: tenth(first) }, ports)]),
    ...lines.map((line, i) =>
      textElement(
        'text',
        {
          class: node.kind === 'possible' || node.kind === 'unknown' ? 'italic ink' : 'ink',
          x: tenth(left + inside),
          y: tenth(first + i * SIZES.line),
        },
        line,
      ),
    ),
    '</g>\n',
  ].join('');
}

/** The ports of an edge on its line, after its sign. */
export function edgeText({ edge: { kind, ports }, label }: PlacedEdge): string {
  if (label === undefined) {
    return '';
  }
  const { x, y, width, height, text, isInBox } = label;
  const sign = kind === 'changed' && ports.opened === undefined ? 'closed' : kind;
  const ground = openTag(
    'rect',
    {
      class: isInBox ? 'box-ground' : 'ground',
      x: tenth(x - width / 2),
      y: tenth(y - height / 2),
      width: tenth(width),
      height,
      rx: 3,
    },
    '/',
  );
  const words = textElement(
    'text',
    {
      class: SIGNS[kind] === '' ? 'small faint' : `small sign-${sign}`,
      x: tenth(x),
      y: tenth(y + 4),
      'text-anchor': 'middle',
    },
    text,
  );
  return `${ground}${words}\n`;
}
