import type { PortSet } from '../model/port-set';
import { count, firstWords } from '../model/word-list';
import type { Edge } from './listing';

/**
 * What a picture shows, before it is drawn: plain values, in an order of their own. `draw-graph.ts` makes it of a
 * listing, and each output writes it in its own language.
 */
export interface Graph {
  readonly title: string;
  /** What a node inside a box stands for. */
  readonly level: GraphLevel;
  /** Namespaces, by name. Empty if each is a node itself. */
  readonly boxes: readonly GraphBox[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What the picture leaves out or puts together, and what holds for all of it: sentences. */
  readonly notes: readonly string[];
}

/** `workloads`: each for itself. `groups`: those that are treated alike share a node. `namespaces`: so do all of one. */
export type GraphLevel = 'workloads' | 'groups' | 'namespaces';

export interface GraphBox {
  /** `b1`; unique among boxes and nodes. */
  readonly id: string;
  readonly name: string;
  /** The number of its known workloads, if there are any. */
  readonly workloads?: number;
}

export interface GraphNode {
  /** `n1` */
  readonly id: string;
  /** The id of its box; left out if it is outside of all. */
  readonly box?: string;
  readonly kind: GraphNodeKind;
  /** In few words. */
  readonly label: string;
  /** All that it stands for, by full names. */
  readonly names: readonly string[];
  /** Of a namespace, the number of its known workloads, if there are any. */
  readonly workloads?: number;
  /** Outside of all boxes there is one node for what sends and one for what is sent to. */
  readonly side?: 'from' | 'to';
}

/**
 * - `workload`: one, or several that are treated alike
 * - `assumed`: pods of AKS's own
 * - `every`: every workload of its box; `everybody`: several of these, any pod, and perhaps every address
 * - `namespace`: all that is in it
 * - `possible`: pods that no manifest tells of
 * - `addresses`, `hosts`: outside the cluster, by address and by name
 * - `door`: an entry point
 * - `unknown`: what is not built, and who is behind a door that leads to no known workload
 */
export type GraphNodeKind =
  | 'workload'
  | 'assumed'
  | 'every'
  | 'everybody'
  | 'namespace'
  | 'possible'
  | 'addresses'
  | 'hosts'
  | 'door'
  | 'unknown';

export interface GraphEdge {
  /** The id of a node. */
  readonly from: string;
  readonly to: string;
  /** `changed`: several of `opened` and `closed`, or one where the ends exchange something in both versions. */
  readonly kind: Edge['mark'] | 'changed';
  /** The ports of each mark; several only for `changed`. */
  readonly ports: Readonly<Partial<Record<Edge['mark'], PortSet>>>;
}

/** The sign before the ports of a mark. What is allowed needs none, so that a sign always says something. */
export const SIGNS: Readonly<Record<GraphEdge['kind'], string>> = {
  allowed: '',
  entry: '',
  opened: '+',
  closed: '\u2212',
  changed: '~',
  unknown: '?',
};

/** What each kind of edge means, for a legend. */
export const EDGE_WORDS: Readonly<Record<GraphEdge['kind'], string>> = {
  allowed: 'allowed',
  entry: 'leads to; policies may deny it',
  opened: 'opened',
  closed: 'closed',
  changed: 'changed, and open in both versions',
  unknown: 'not known',
};

/** What each kind of node means, for a legend. */
export const NODE_WORDS: Readonly<Record<GraphNodeKind, string>> = {
  workload: 'workload',
  assumed: "AKS's own pods",
  every: 'every workload of the namespace',
  everybody: 'several together',
  namespace: 'namespace',
  possible: 'pods that could be there',
  addresses: 'addresses',
  hosts: 'host names',
  door: 'entry point',
  unknown: 'not known',
};

/** `80/TCP`, `+ 80/TCP`, `~ + 80/TCP − 81/TCP`, `? *`: the sign and the first ports. */
export function edgeLabel({ kind, ports }: GraphEdge): string {
  const parts = (Object.entries(ports) as [Edge['mark'], PortSet][]).map(([mark, set]) =>
    [SIGNS[mark], portWords(set)].filter((text) => text !== '').join(' '),
  );
  return [...(kind === 'changed' ? [SIGNS.changed] : []), ...parts].join(' ');
}

/** What stands in a node: its label, and how much is in a namespace. */
export function nodeText({ label, workloads }: GraphNode): string {
  return workloads === undefined ? label : `${label}: ${count(workloads, 'workload')}`;
}

/** The signs and what they mean, in one line; empty where there is none. */
export function signLegend(edges: readonly GraphEdge[]): string {
  return kindsIn(edges, EDGE_WORDS)
    .filter((kind) => SIGNS[kind] !== '')
    .map((kind) => `${SIGNS[kind]} ${EDGE_WORDS[kind]}`)
    .join('; ');
}

/** `every port`, `80/TCP, 443/TCP, 53/UDP and 4 more` */
export function portWords(ports: PortSet): string {
  return ports.isAll ? 'every port' : firstWords(ports.rangeTexts());
}

/** What kinds of nodes or edges there are, in the order of a legend. */
export function kindsIn<K extends string>(
  some: readonly { readonly kind: K }[],
  order: Readonly<Record<K, unknown>>,
): readonly K[] {
  const kinds = new Set(some.map(({ kind }) => kind));
  return (Object.keys(order) as K[]).filter((kind) => kinds.has(kind));
}
