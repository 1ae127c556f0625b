import { splitByRules } from './address-parts';
import type { Group } from './groups';
import type { NamedHosts } from './named-hosts';
import { arePods, type GroupOf, isOneOfMany, type PodPoint, type Point, type PossiblePoint } from './points';
import type { End } from './question-ends';

/** A part of a question that every policy treats alike. */
export interface QuestionPart {
  readonly from: Point;
  readonly to: Point;
  readonly placement: Placement;
  /** Set for traffic by IPv6, if the engine treats families differently. */
  readonly isIpv6?: boolean;
}

/** Whether both ends are on one node, where one of them is a node or on its network. */
export type Placement = 'own' | 'other' | 'unknown';

/** The parts of a question: one for each pair of points, which IP blocks and the nodes of pods may divide. */
export function partsOf(from: End, to: End, groupOf: GroupOf, names: NamedHosts): QuestionPart[] {
  const parts: QuestionPart[] = [];
  for (const source of from.points) {
    for (const destination of to.points) {
      if (arePods(source) && !arePods(destination)) {
        for (const other of split(source, destination, groupOf('Egress', source), names)) {
          parts.push({ from: source, to: other.point, placement: other.placement });
        }
      } else if (arePods(destination) && !arePods(source)) {
        for (const other of split(destination, source, groupOf('Ingress', destination), names)) {
          parts.push({ from: other.point, to: destination, placement: other.placement });
        }
      } else if (areAsked(source, destination)) {
        for (const placement of placementsBetween(source, destination)) {
          parts.push({ from: source, to: destination, placement });
        }
      }
    }
  }
  return parts;
}

/** Whether a pair counts: what all pods of one set and some of another may do is not asked. */
function areAsked(a: Point, b: Point): boolean {
  return (
    a.kind !== 'possible' ||
    b.kind !== 'possible' ||
    a.quantifier === b.quantifier ||
    isOneOfMany(a) ||
    isOneOfMany(b)
  );
}

function split(
  self: PodPoint | PossiblePoint,
  other: Exclude<Point, PodPoint | PossiblePoint>,
  group: Group,
  names: NamedHosts,
): { readonly point: Point; readonly placement: Placement }[] {
  if (other.kind === 'name') {
    return [{ point: names.point(other.name, group), placement: 'other' }];
  }
  if (other.kind === 'node') {
    const placements: Placement[] = self.kind === 'pods' ? placementsOf(self, other.name) : ['unknown'];
    return placements.map((placement) => ({ point: other, placement }));
  }
  return splitByRules(other.set, group).map((set) => ({
    point: { kind: 'addresses', set },
    placement: 'other',
  }));
}

/**
 * Where pods run, seen from pods on their node's network. A pod on an unknown node counts as one of another node; a
 * question about its own node names `node:NAME`.
 */
function placementsBetween(a: Point, b: Point): Placement[] {
  if (a.kind !== 'pods' || b.kind !== 'pods' || a.unit.workload.hostNetwork === b.unit.workload.hostNetwork) {
    return ['other'];
  }
  const [here, there] = [nodesOf(a), nodesOf(b)];
  const isShared = [...here].some((node) => node !== undefined && there.has(node));
  return isShared ? (here.size === 1 && there.size === 1 ? ['own'] : ['own', 'other']) : ['other'];
}

function nodesOf({ unit, pod }: PodPoint): Set<string | undefined> {
  return new Set((pod === undefined ? unit.pods : [pod]).map(({ node }) => node));
}

/** Where a unit's pods run, seen from a node. */
function placementsOf({ unit, pod }: PodPoint, node: string): Placement[] {
  const pods = pod === undefined ? unit.pods : [pod];
  const placements = new Set(
    pods.map((each) => (each.node === undefined ? 'unknown' : each.node === node ? 'own' : 'other')),
  );
  return placements.size === 0 ? ['unknown'] : [...placements];
}
